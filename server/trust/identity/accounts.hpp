#pragma once

#include "core/async/blocking_pool.hpp"
#include "core/base/clock.hpp"
#include "state/storage/repositories.hpp"
#include "trust/identity/client.hpp"

namespace siyu::identity {

class ApiKeyBook;
class Attempts;
class AuditTrail;
class Directory;
class SessionBook;

struct NewUser {
    std::string name;
    std::string display_name; ///< empty: as the name
    std::string password;
    std::vector<Role> roles{Role::member};
};

struct ProfileChange {
    std::optional<std::string> display_name;
    std::optional<std::string> locale; ///< "zh-CN", "en-US"
};

struct UserPage {
    std::vector<storage::User> items;
    std::string next_cursor; ///< empty at the end
};

/// The accounts and what may be done to them. Thread-safe. Whether the caller may do it at all, the route's permission has
/// decided before. Every change is one Commit with its audit event; what it takes away holds from the next request on.
/// Errors: invalid with a reason and `field` (see user_name.hpp, password_policy.hpp), not_found, conflict ("name_taken",
/// "last_administrator"), unavailable.
class Accounts {
public:
    struct Parts {
        TenantId tenant;
        storage::Users& users;
        storage::Journal& journal;
        Directory& directory;
        SessionBook& sessions;
        ApiKeyBook& keys;
        Attempts& attempts;
        AuditTrail& trail;
        async::BlockingPool& hashing;
        const Clock& clock;
        std::size_t password_length_min;
    };
    explicit Accounts(Parts parts) : parts_(parts) { }

    Task<Result<storage::User>> find(UserId id);
    Task<Result<storage::User>> find_by_name(std::string name);
    Task<Result<UserPage>> list(std::string cursor, std::int64_t limit);

    Task<Result<storage::User>> create(Act act, NewUser user);
    Task<Result<storage::User>> change_profile(Act act, UserId id, ProfileChange change);
    /// The caller's own; the other sessions end. Errc::invalid "wrong_password" (field `current_password`), rate_limited
    /// "sign_in_locked" after too many of them.
    Task<Result<void>> change_password(Act act, std::string current, std::string fresh);
    /// All sessions of the user end, and a lock is lifted.
    Task<Result<void>> reset_password(Act act, UserId id, std::string fresh);
    /// Disabling ends all sessions and keys. Errc::conflict "last_administrator" when a role would have no active holder.
    Task<Result<storage::User>> set_disabled(Act act, UserId id, bool disabled);
    Task<Result<void>> unlock(Act act, UserId id);
    Task<Result<storage::User>> assign_roles(Act act, UserId id, std::vector<Role> roles);

private:
    Task<Result<void>> set_password(Act act, storage::User user, std::string fresh, std::optional<SessionId> except);

    Parts parts_;
};

} // namespace siyu::identity
