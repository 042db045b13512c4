#pragma once

#include "core/base/clock.hpp"
#include "state/storage/repositories.hpp"
#include "trust/identity/client.hpp"
#include "trust/identity/revocation.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <shared_mutex>
#include <unordered_map>

namespace siyu::identity {

class AuditTrail;

struct SessionLimits {
    std::chrono::microseconds idle{std::chrono::minutes(30)};
    std::chrono::microseconds absolute{std::chrono::hours(12)};
};

/// The live sessions, in memory: a request looks its own up without the database. Thread-safe. Tokens are 256 random bits; only
/// their SHA-256 is kept.
class SessionBook {
public:
    struct Parts {
        TenantId tenant;
        storage::Sessions& sessions;
        storage::Journal& journal;
        AuditTrail& trail;
        Revocations& revocations;
        const Clock& clock;
        SessionLimits limits;
    };
    explicit SessionBook(Parts parts) : parts_(parts) { }

    /// Reads what is live from the database; once, before the first request.
    Task<Result<void>> load();

    /// The session of this cookie value, unless it is unknown, revoked or expired; marks it as used now.
    std::optional<storage::Session> find(std::string_view token);

    struct Opened {
        storage::Session session;
        std::string token;
        storage::Change change; ///< to be committed by the caller, who then confirms or abandons
    };
    Opened open(UserId user, const Client& from);
    /// The session is stored: it holds from now on. False when all of the user's sessions were ended meanwhile; then it is not.
    bool confirm(const SessionId& id);
    void abandon(const SessionId& id);

    /// The caller's own live sessions, newest first.
    std::vector<storage::Session> list(UserId user) const;
    /// One of the caller's own. Errc::not_found for another's.
    Task<Result<void>> revoke(Act act, SessionId id, std::string action);
    /// For a Commit that ends all sessions of a user but `except`; after it, `forget_all`.
    storage::Change revoke_all(UserId user, std::optional<SessionId> except);
    void forget_all(UserId user, std::optional<SessionId> except);

    /// Drops what has expired, and hands when sessions were last used to the journal. Called every few seconds.
    void upkeep();

    /// Whose sessions live.
    std::set<UserId> owners() const;

private:
    struct Entry {
        storage::Session session;
        std::atomic<std::int64_t> last_seen_us = 0;
        std::atomic<bool> is_touched = false;
        std::atomic<bool> is_confirmed = false;
        storage::Session snapshot() const;
    };
    using EntryPointer = std::shared_ptr<Entry>;

    bool is_live(const Entry& entry, Time now) const;
    EntryPointer find_by_id(const SessionId& id) const;
    /// Takes out those that `is_gone` says, and tells the listeners.
    void forget_if(const std::function<bool(const Entry&)>& is_gone);

    Parts parts_;
    mutable std::shared_mutex guard_;
    std::unordered_map<std::string, EntryPointer> by_token_hash_;
};

/// Whether `presented` (the header X-CSRF-Token) is the session's token; in constant time.
bool csrf_matches(const storage::Session& session, std::string_view presented);

} // namespace siyu::identity
