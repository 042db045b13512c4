#include "state/storage/sql_messages.hpp"

#include "state/storage/message_rows.hpp"
#include "state/storage/rows.hpp"
#include "state/storage/search.hpp"
#include "state/storage/sql/conversations.hpp"
#include "state/storage/sql/messages.hpp"

namespace siyu::storage {
namespace {

Result<std::vector<Message>> open_messages(
    const crypto::SealingKey& key, const TenantId& tenant, const std::vector<db::Row>& rows)
{
    std::vector<Message> messages;
    messages.reserve(rows.size());
    for (const auto& row : rows) {
        auto message = open_message(key, tenant, row);
        if (!message)
            return fail(message.error());
        messages.push_back(std::move(*message));
    }
    return messages;
}

} // namespace

Task<Result<std::vector<Message>>> SqlMessages::list(Scope scope, ConversationId conversation)
{
    // Not from the kept keys: an erased conversation must be absent, not empty.
    auto wrapped =
        co_await database_.query(sql::select_conversation_key, {scope.tenant.text, scope.principal.text, conversation.text});
    if (!wrapped)
        co_return fail(wrapped.error());
    if (wrapped->empty())
        co_return fail(Errc::not_found, "conversation " + conversation.text);
    auto key = keys_->open(scope.tenant, conversation, wrapped->front().bytes(0));
    if (!key)
        co_return fail(key.error());
    auto rows = co_await database_.query(sql::select_messages, {scope.tenant.text, scope.principal.text, conversation.text});
    if (!rows)
        co_return fail(rows.error());
    co_return co_await pool_.run(
        [key = std::move(*key), tenant = scope.tenant, rows = std::move(*rows)] { return open_messages(*key, tenant, rows); });
}

Task<Result<Message>> SqlMessages::find(Scope scope, MessageId id)
{
    auto rows = co_await database_.query(sql::select_message, {scope.tenant.text, scope.principal.text, id.text});
    if (!rows)
        co_return fail(rows.error());
    if (rows->empty())
        co_return fail(Errc::not_found, "message " + id.text);
    const auto key = co_await keys_->find(scope, conversation_of_message(rows->front()));
    if (!key)
        co_return fail(key.error());
    co_return open_message(**key, scope.tenant, rows->front());
}

Task<Result<std::vector<SearchHit>>> SqlMessages::search(Scope scope, std::string needle, std::int64_t limit)
{
    co_return co_await search_messages(database_, *keys_, pool_, std::move(scope), std::move(needle), limit);
}

Task<Result<Change>> SqlMessages::insert(Scope scope, Message message)
{
    const auto key = co_await keys_->find(scope, message.conversation);
    if (!key)
        co_return fail(key.error());
    auto sealed = seal_message(**key, scope.tenant, message);
    if (!sealed)
        co_return fail(sealed.error());
    co_return Change{.sql = sql::insert_message,
        .values = {scope.tenant.text, message.id.text, message.conversation.text, scope.principal.text,
            to_value(message.parent), to_text(message.author), std::move(*sealed), static_cast<std::int64_t>(message.level),
            message.revision, std::string(to_string(message.state)), to_value(message.turn), to_json(message.meta),
            to_micros(message.created_at)}};
}

Task<Result<Change>> SqlMessages::update(Scope scope, Message message)
{
    const auto key = co_await keys_->find(scope, message.conversation);
    if (!key)
        co_return fail(key.error());
    auto sealed = seal_message(**key, scope.tenant, message);
    if (!sealed)
        co_return fail(sealed.error());
    co_return Change{.sql = sql::update_message,
        .values = {scope.tenant.text, scope.principal.text, message.conversation.text, message.id.text, std::move(*sealed),
            static_cast<std::int64_t>(message.level), message.revision, std::string(to_string(message.state)),
            to_json(message.meta), message.revision - 1},
        .must_change = 1};
}

} // namespace siyu::storage
