#pragma once

#include "core/async/blocking_pool.hpp"
#include "core/base/clock.hpp"
#include "state/storage/repositories.hpp"
#include "trust/identity/client.hpp"

namespace siyu::identity {

class Attempts;
class AuditTrail;
class Directory;
class SessionBook;

/// Somebody who has just signed in. `token` is the cookie's value, and stands nowhere else.
struct SignedIn {
    storage::User user;
    storage::Session session;
    std::string token;
};

/// Sign-in by name and password. Thread-safe. Unknown name, wrong password and disabled account are told apart by nothing: the
/// same error, the same work, the same records.
class SignIn {
public:
    struct Parts {
        TenantId tenant;
        storage::Users& users;
        storage::Journal& journal;
        Directory& directory;
        SessionBook& sessions;
        Attempts& attempts;
        AuditTrail& trail;
        async::BlockingPool& hashing; ///< for argon2 alone, its queue bounded
        const Clock& clock;
    };
    explicit SignIn(Parts parts) : parts_(parts) { }

    /// Errc::unauthenticated "wrong_credentials"; rate_limited "sign_in_locked" (account or address); unavailable "busy".
    Task<Result<SignedIn>> sign_in(std::string name, std::string password, Client from);

    /// Ends the session that the principal came with.
    Task<Result<void>> sign_out(Act act);

private:
    Task<Result<SignedIn>> admit(storage::User user, std::string fresh_hash, Client from);
    Task<Result<SignedIn>> refuse(std::string name_key, std::optional<storage::User> user, Client from);
    Task<Result<SignedIn>> refuse_locked(std::optional<storage::User> user, Client from);

    Parts parts_;
};

} // namespace siyu::identity
