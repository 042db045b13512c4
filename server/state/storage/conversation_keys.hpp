#pragma once

#include "core/async/task.hpp"
#include "core/crypto/key_ring.hpp"
#include "io/db/database.hpp"

#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace siyu::storage {

/// The opened keys of conversations: the last `open_keys_max` used ones are kept. Thread-safe.
class ConversationKeys {
public:
    using Key = std::shared_ptr<const crypto::SealingKey>;

    ConversationKeys(db::Database& database, const crypto::KeyRing& ring) : database_(database), ring_(ring) { }

    /// Errc::not_found when the conversation is absent or another's.
    Task<Result<Key>> find(Scope scope, ConversationId id);

    /// From the row's own column, for readers that have it.
    Result<Key> open(const TenantId& tenant, const ConversationId& id, ByteView wrapped) const;

    /// For a conversation that goes.
    void forget(const ConversationId& id);

private:
    struct Entry {
        ConversationId conversation;
        Scope owner;
        Key key;
    };

    Key known(const Scope& scope, const ConversationId& id);
    void keep(const Scope& scope, const ConversationId& id, Key key);

    db::Database& database_;
    const crypto::KeyRing& ring_;
    std::mutex mutex_;
    std::list<Entry> used_; ///< the latest first
    std::unordered_map<ConversationId, std::list<Entry>::iterator> by_id_;
};

} // namespace siyu::storage
