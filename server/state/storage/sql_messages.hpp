#pragma once

#include "core/async/blocking_pool.hpp"
#include "state/storage/conversation_keys.hpp"
#include "state/storage/repositories.hpp"

namespace siyu::storage {

class SqlMessages final : public Messages {
public:
    SqlMessages(db::Database& database, std::shared_ptr<ConversationKeys> keys, async::BlockingPool& pool)
        : database_(database), keys_(std::move(keys)), pool_(pool)
    {
    }

    Task<Result<std::vector<Message>>> list(Scope scope, ConversationId conversation) override;
    Task<Result<Message>> find(Scope scope, MessageId id) override;
    Task<Result<std::vector<SearchHit>>> search(Scope scope, std::string needle, std::int64_t limit) override;

    Task<Result<Change>> insert(Scope scope, Message message) override;
    Task<Result<Change>> update(Scope scope, Message message) override;

private:
    db::Database& database_;
    std::shared_ptr<ConversationKeys> keys_;
    async::BlockingPool& pool_;
};

} // namespace siyu::storage
