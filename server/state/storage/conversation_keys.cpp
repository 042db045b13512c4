#include "state/storage/conversation_keys.hpp"

#include "state/storage/limits.hpp"
#include "state/storage/sql/conversations.hpp"

namespace siyu::storage {

Task<Result<ConversationKeys::Key>> ConversationKeys::find(Scope scope, ConversationId id)
{
    if (auto key = known(scope, id))
        co_return key;
    auto rows = co_await database_.query(sql::select_conversation_key, {scope.tenant.text, scope.principal.text, id.text});
    if (!rows)
        co_return fail(rows.error());
    if (rows->empty())
        co_return fail(Errc::not_found, "conversation " + id.text);
    auto key = open(scope.tenant, id, rows->front().bytes(0));
    if (key)
        keep(scope, id, *key);
    co_return key;
}

Result<ConversationKeys::Key> ConversationKeys::open(const TenantId& tenant, const ConversationId& id, ByteView wrapped) const
{
    auto key = ring_.open_conversation_key(tenant, id, wrapped);
    if (!key)
        return fail(key.error());
    return std::make_shared<const crypto::SealingKey>(std::move(*key));
}

ConversationKeys::Key ConversationKeys::known(const Scope& scope, const ConversationId& id)
{
    const std::scoped_lock lock(mutex_);
    const auto found = by_id_.find(id);
    if (found == by_id_.end())
        return nullptr;
    const auto entry = found->second;
    if (entry->owner.tenant != scope.tenant || entry->owner.principal != scope.principal)
        return nullptr;
    used_.splice(used_.begin(), used_, entry);
    return entry->key;
}

void ConversationKeys::keep(const Scope& scope, const ConversationId& id, Key key)
{
    const std::scoped_lock lock(mutex_);
    if (by_id_.contains(id))
        return; // another reader was faster
    used_.push_front({.conversation = id, .owner = scope, .key = std::move(key)});
    by_id_.emplace(id, used_.begin());
    if (used_.size() > open_keys_max) {
        by_id_.erase(used_.back().conversation);
        used_.pop_back();
    }
}

void ConversationKeys::forget(const ConversationId& id)
{
    const std::scoped_lock lock(mutex_);
    const auto found = by_id_.find(id);
    if (found == by_id_.end())
        return;
    used_.erase(found->second);
    by_id_.erase(found);
}

} // namespace siyu::storage
