#pragma once

#include "core/async/blocking_pool.hpp"
#include "state/storage/conversation_keys.hpp"
#include "state/storage/repositories.hpp"

namespace siyu::storage {

class SqlTurns final : public Turns {
public:
    SqlTurns(db::Database& database, std::shared_ptr<ConversationKeys> keys, async::BlockingPool& pool)
        : database_(database), keys_(std::move(keys)), pool_(pool)
    {
    }

    Task<Result<Turn>> find(Scope scope, TurnId id) override;
    Task<Result<Turn>> find_by_question(Scope scope, MessageId question) override;
    Task<Result<std::vector<TurnChunk>>> chunks(Scope scope, TurnId id, std::int64_t attempt) override;
    Task<Result<std::vector<Turn>>> list_running(TenantId tenant, std::string node) override;

    Change insert(TenantId tenant, const Turn& turn) override;
    Change end(TenantId tenant, TurnId id, std::int64_t attempt, TurnState state, Time now) override;
    Change restart(TenantId tenant, TurnId id, std::int64_t new_attempt, std::string node, Time now) override;
    Task<Result<Change>> append_chunk(Scope scope, ConversationId conversation, TurnChunk chunk) override;
    Change drop_chunks(TenantId tenant, TurnId id) override;

private:
    db::Database& database_;
    std::shared_ptr<ConversationKeys> keys_;
    async::BlockingPool& pool_;
};

class SqlUsageLedger final : public UsageLedger {
public:
    Change insert(TenantId tenant, const Usage& usage) override;
};

} // namespace siyu::storage
