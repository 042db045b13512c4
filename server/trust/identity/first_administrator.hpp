#pragma once

#include "core/async/blocking_pool.hpp"
#include "core/base/bytes.hpp"
#include "core/base/clock.hpp"
#include "state/storage/repositories.hpp"
#include "trust/identity/sign_in.hpp"

#include <mutex>

namespace siyu::identity {

/// The way in while no administrator exists: a link with a one-time token, in a file that only the operator can read.
/// Thread-safe.
class FirstAdministrator {
public:
    struct Parts {
        TenantId tenant;
        storage::Users& users;
        storage::Journal& journal;
        Directory& directory;
        SessionBook& sessions;
        AuditTrail& trail;
        async::BlockingPool& hashing;
        const Clock& clock;
        std::size_t password_length_min;
        std::string file; ///< data/first-admin.url
        std::string base_url; ///< public or listen URL, without a slash at its end
    };
    explicit FirstAdministrator(Parts parts) : parts_(std::move(parts)) { }

    static constexpr std::chrono::hours token_life{1};

    /// At each start: makes a new link while no administrator exists, else removes the file. The link, or empty.
    Task<Result<std::string>> renew();

    /// No administrator exists yet.
    bool is_needed() const;

    /// Creates an account with all three administrator roles and signs it in; works once, whoever else tries at the same time.
    /// Errc::forbidden "bad_setup_token" (wrong, used, expired), conflict "already_set_up", invalid as Accounts.
    Task<Result<SignedIn>> create(std::string token, std::string name, std::string password, Client from);

    /// An administrator was made another way (the command line).
    void close();

private:
    bool token_matches(std::string_view token) const;
    Task<Result<SignedIn>> store(storage::User user, Client from);

    Parts parts_;
    mutable std::mutex guard_;
    bool is_needed_ = false;
    Bytes token_hash_;
    Time expires_at_;
};

} // namespace siyu::identity
