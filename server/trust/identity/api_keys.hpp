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
class Directory;

/// A key that was just made: `key` is shown once and kept nowhere.
struct NewApiKey {
    storage::ApiKey entry;
    std::string key;
};

/// The API keys, in memory: "sk-siyu-" and 256 random bits; only their SHA-256 is kept. Thread-safe. A revoked or expired key
/// is refused from the next request on.
class ApiKeyBook {
public:
    struct Parts {
        TenantId tenant;
        storage::ApiKeys& keys;
        storage::Journal& journal;
        AuditTrail& trail;
        Directory& directory;
        Revocations& revocations;
        const Clock& clock;
    };
    explicit ApiKeyBook(Parts parts) : parts_(parts) { }

    static constexpr std::string_view key_prefix = "sk-siyu-";
    static constexpr std::int64_t days_default = 365;
    static constexpr std::int64_t days_max = 3650;
    static constexpr std::size_t keys_per_user_max = 100;

    Task<Result<void>> load();

    /// The entry of this key, unless unknown, revoked or expired; marks it as used now.
    std::optional<storage::ApiKey> find(std::string_view key);

    /// Errc::invalid (`name`, `expires_in_days`), conflict "too_many_keys", not_found (no such user).
    Task<Result<NewApiKey>> create(Act act, UserId owner, std::string name, std::int64_t days);
    /// The owner's own, with those that are revoked or expired.
    Task<Result<std::vector<storage::ApiKey>>> list(Act act);
    /// One of the caller's own. Errc::not_found for another's.
    Task<Result<void>> revoke(Act act, ApiKeyId id);
    /// For a Commit that ends all keys of a user; after it, `forget_all`.
    storage::Change revoke_all(UserId user);
    void forget_all(UserId user);

    /// Drops what has expired, and hands when keys were last used to the journal. Called every few seconds.
    void upkeep();

    /// Whose keys live.
    std::set<UserId> owners() const;

private:
    struct Entry {
        storage::ApiKey key;
        std::atomic<std::int64_t> last_used_us = 0;
        std::atomic<bool> is_touched = false;
        std::atomic<bool> is_confirmed = false;
    };
    using EntryPointer = std::shared_ptr<Entry>;

    void admit(const storage::ApiKey& key, bool is_confirmed);
    /// False when all of the owner's keys were ended meanwhile.
    bool confirm(const storage::ApiKey& key);
    /// Takes out those that `is_gone` says, and tells the listeners.
    void forget_if(const std::function<bool(const Entry&)>& is_gone);

    Parts parts_;
    mutable std::shared_mutex guard_;
    std::unordered_map<std::string, EntryPointer> by_key_hash_;
};

} // namespace siyu::identity
