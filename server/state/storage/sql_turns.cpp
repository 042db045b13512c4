#include "state/storage/sql_turns.hpp"

#include "state/storage/content_codec.hpp"
#include "state/storage/rows.hpp"
#include "state/storage/sql/turns.hpp"

namespace siyu::storage {
namespace {

Result<Turn> to_turn(const db::Row& row)
{
    auto state = known(parse_turn_state(row.text(6)), "state of a turn");
    if (!state)
        return fail(state.error());
    return Turn{.id = TurnId{row.text(0)},
        .conversation = ConversationId{row.text(1)},
        .owner = UserId{row.text(2)},
        .question = MessageId{row.text(3)},
        .answer = MessageId{row.text(4)},
        .model = row.text(5),
        .state = *state,
        .attempt = row.integer(7),
        .node = row.text(8),
        .started_at = from_micros(row.integer(9)),
        .ended_at = time_or_nothing(row, 10)};
}

Result<Turn> to_only_turn(const Result<std::vector<db::Row>>& rows)
{
    if (!rows)
        return fail(rows.error());
    if (rows->empty())
        return fail(Errc::not_found, "no such turn");
    return to_turn(rows->front());
}

crypto::SealPlace place_of(const TenantId& tenant, const ConversationId& conversation, const TurnChunk& chunk)
{
    return {.tenant = tenant,
        .table = "turn_chunks",
        .column = "sealed",
        .conversation = conversation.text,
        .row = chunk.turn.text + ":" + std::to_string(chunk.attempt) + ":" + std::to_string(chunk.first_seq) + ":"
            + std::to_string(chunk.last_seq),
        .revision = 1,
        .level = chunk.level};
}

Result<std::vector<TurnChunk>> open_chunks(
    const std::vector<db::Row>& rows, const TenantId& tenant, const Turn& turn, const crypto::SealingKey& key)
{
    std::vector<TurnChunk> chunks;
    for (const auto& row : rows) {
        auto level = to_level(row.integer(4));
        if (!level)
            return fail(level.error());
        TurnChunk chunk{.turn = turn.id,
            .attempt = row.integer(0),
            .first_seq = row.integer(1),
            .last_seq = row.integer(2),
            .content = {},
            .level = *level};
        const auto opened = crypto::open(key, place_of(tenant, turn.conversation, chunk), row.bytes(3));
        if (!opened)
            return fail(opened.error());
        auto content = decode_content(*opened);
        if (!content)
            return fail(content.error());
        chunk.content = std::move(*content);
        chunks.push_back(std::move(chunk));
    }
    return chunks;
}

} // namespace

Task<Result<Turn>> SqlTurns::find(Scope scope, TurnId id)
{
    co_return to_only_turn(co_await database_.query(sql::select_turn, {scope.tenant.text, scope.principal.text, id.text}));
}

Task<Result<Turn>> SqlTurns::find_by_question(Scope scope, MessageId question)
{
    co_return to_only_turn(
        co_await database_.query(sql::select_first_turn_of_question, {scope.tenant.text, scope.principal.text, question.text}));
}

Task<Result<std::vector<TurnChunk>>> SqlTurns::chunks(Scope scope, TurnId id, std::int64_t attempt)
{
    auto turn = co_await find(scope, id);
    if (!turn)
        co_return fail(turn.error());
    auto key = co_await keys_->find(scope, turn->conversation);
    if (!key)
        co_return fail(key.error());
    auto rows = co_await database_.query(sql::select_chunks, {scope.tenant.text, id.text, attempt});
    if (!rows)
        co_return fail(rows.error());
    co_return co_await pool_.run([rows = std::move(*rows), tenant = scope.tenant, turn = std::move(*turn),
                                     key = std::move(*key)] { return open_chunks(rows, tenant, turn, *key); });
}

Task<Result<std::vector<Turn>>> SqlTurns::list_running(TenantId tenant, std::string node)
{
    auto rows = co_await database_.query(sql::select_running_turns, {tenant.text, std::move(node)});
    if (!rows)
        co_return fail(rows.error());
    std::vector<Turn> turns;
    for (const auto& row : *rows) {
        auto turn = to_turn(row);
        if (!turn)
            co_return fail(turn.error());
        turns.push_back(std::move(*turn));
    }
    co_return turns;
}

Change SqlTurns::insert(TenantId tenant, const Turn& turn)
{
    return {.sql = sql::insert_turn,
        .values = {tenant.text, turn.id.text, turn.conversation.text, turn.owner.text, turn.question.text, turn.answer.text,
            turn.model, std::string(to_string(turn.state)), turn.attempt, turn.node, to_micros(turn.started_at),
            to_value(turn.ended_at)}};
}

Change SqlTurns::end(TenantId tenant, TurnId id, std::int64_t attempt, TurnState state, Time now)
{
    return {.sql = sql::end_turn,
        .values = {tenant.text, id.text, attempt, std::string(to_string(state)), to_micros(now)},
        .must_change = 1};
}

Change SqlTurns::restart(TenantId tenant, TurnId id, std::int64_t new_attempt, std::string node, Time now)
{
    return {.sql = sql::restart_turn,
        .values = {tenant.text, id.text, new_attempt, std::move(node), to_micros(now), new_attempt - 1},
        .must_change = 1};
}

Task<Result<Change>> SqlTurns::append_chunk(Scope scope, ConversationId conversation, TurnChunk chunk)
{
    auto plaintext = encode_content(chunk.content);
    if (!plaintext)
        co_return fail(plaintext.error());
    const auto key = co_await keys_->find(scope, conversation);
    if (!key)
        co_return fail(key.error());
    auto sealed = crypto::seal(**key, place_of(scope.tenant, conversation, chunk), as_bytes(*plaintext));
    co_return Change{.sql = sql::insert_chunk,
        .values = {scope.tenant.text, chunk.turn.text, chunk.attempt, chunk.first_seq, chunk.last_seq, conversation.text,
            std::move(sealed), static_cast<std::int64_t>(chunk.level)}};
}

Change SqlTurns::drop_chunks(TenantId tenant, TurnId id)
{
    return {.sql = sql::delete_chunks_of_turn, .values = {tenant.text, id.text}};
}

Change SqlUsageLedger::insert(TenantId tenant, const Usage& usage)
{
    return {.sql = sql::insert_usage,
        .values = {tenant.text, new_uuid(usage.at), usage.user.text, usage.credential_id, usage.model, usage.provider,
            usage.prompt_tokens, usage.completion_tokens, to_micros(usage.at)}};
}

} // namespace siyu::storage
