#pragma once

#include "core/async/blocking_pool.hpp"
#include "state/storage/conversation_keys.hpp"
#include "state/storage/repositories.hpp"

namespace siyu::storage {

class SqlConversations final : public Conversations {
public:
    SqlConversations(
        db::Database& database, const crypto::KeyRing& ring, std::shared_ptr<ConversationKeys> keys, async::BlockingPool& pool)
        : database_(database), ring_(ring), keys_(std::move(keys)), pool_(pool)
    {
    }

    Task<Result<Conversation>> find(Scope scope, ConversationId id) override;
    Task<Result<ConversationPage>> list(Scope scope, bool archived, std::string cursor, std::int64_t limit) override;

    Result<Change> insert(Scope scope, const Conversation& conversation) override;
    Task<Result<Change>> update(Scope scope, Conversation conversation) override;
    Change touch(Scope scope, ConversationId id, Time updated_at) override;
    std::vector<Change> erase(Scope scope, ConversationId id) override;

private:
    db::Database& database_;
    const crypto::KeyRing& ring_;
    std::shared_ptr<ConversationKeys> keys_;
    async::BlockingPool& pool_;
};

} // namespace siyu::storage
