#include "state/storage/sql_conversations.hpp"

#include "state/storage/conversation_rows.hpp"
#include "state/storage/cursor.hpp"
#include "state/storage/rows.hpp"
#include "state/storage/sql/conversations.hpp"

#include <limits>

namespace siyu::storage {
namespace {

constexpr std::string_view cursor_kind = "conversations";

/// Before the first row of any list.
Cursor start()
{
    return {.numbers = {2, std::numeric_limits<std::int64_t>::max()}, .text = {}};
}

std::string cursor_after(const Conversation& last)
{
    return encode_cursor(cursor_kind, {.numbers = {last.is_pinned ? 1 : 0, to_micros(last.updated_at)}, .text = last.id.text});
}

/// `rows` may hold one more than the page: then there is another page.
Result<ConversationPage> to_page(
    const ConversationKeys& keys, const TenantId& tenant, const std::vector<db::Row>& rows, std::int64_t limit)
{
    ConversationPage page;
    for (const auto& row : rows) {
        if (std::ssize(page.items) == limit) {
            page.next_cursor = cursor_after(page.items.back());
            break;
        }
        auto opened = open_conversation(keys, tenant, row);
        if (!opened)
            return fail(opened.error());
        page.items.push_back(std::move(opened->conversation));
    }
    return page;
}

} // namespace

Task<Result<Conversation>> SqlConversations::find(Scope scope, ConversationId id)
{
    auto rows = co_await database_.query(sql::select_conversation, {scope.tenant.text, scope.principal.text, id.text});
    if (!rows)
        co_return fail(rows.error());
    if (rows->empty())
        co_return fail(Errc::not_found, "conversation " + id.text);
    auto opened = open_conversation(*keys_, scope.tenant, rows->front());
    if (!opened)
        co_return fail(opened.error());
    co_return std::move(opened->conversation);
}

Task<Result<ConversationPage>> SqlConversations::list(Scope scope, bool archived, std::string cursor, std::int64_t limit)
{
    auto after = start();
    if (!cursor.empty()) {
        auto decoded = decode_cursor(cursor_kind, after.numbers.size(), cursor);
        if (!decoded)
            co_return fail(decoded.error());
        after = std::move(*decoded);
    }
    auto rows = co_await database_.query(sql::select_conversations,
        {scope.tenant.text, scope.principal.text, to_value(archived), after.numbers[0], after.numbers[1], after.text,
            limit + 1});
    if (!rows)
        co_return fail(rows.error());
    co_return co_await pool_.run(
        [&keys = *keys_, tenant = scope.tenant, rows = std::move(*rows), limit] { return to_page(keys, tenant, rows, limit); });
}

Result<Change> SqlConversations::insert(Scope scope, const Conversation& conversation)
{
    auto wrapped = ring_.make_conversation_key(scope.tenant, conversation.id);
    if (!wrapped)
        return fail(wrapped.error());
    const auto key = keys_->open(scope.tenant, conversation.id, *wrapped);
    if (!key)
        return fail(key.error());
    constexpr std::int64_t first_revision = 1;
    auto sealed = seal_conversation(**key, scope.tenant, conversation, first_revision);
    return Change{.sql = sql::insert_conversation,
        .values = {scope.tenant.text, conversation.id.text, scope.principal.text, std::move(*wrapped), std::move(sealed.title),
            std::move(sealed.prompt), first_revision, static_cast<std::int64_t>(conversation.level),
            to_value(conversation.model), to_json(conversation.parameters), to_value(conversation.is_pinned),
            to_value(conversation.is_archived), to_micros(conversation.created_at), to_micros(conversation.updated_at)}};
}

Task<Result<Change>> SqlConversations::update(Scope scope, Conversation conversation)
{
    auto rows =
        co_await database_.query(sql::select_conversation, {scope.tenant.text, scope.principal.text, conversation.id.text});
    if (!rows)
        co_return fail(rows.error());
    if (rows->empty())
        co_return fail(Errc::not_found, "conversation " + conversation.id.text);
    const auto stored = open_conversation(*keys_, scope.tenant, rows->front());
    if (!stored)
        co_return fail(stored.error());
    const auto revision = stored->revision + 1;
    auto sealed = seal_conversation(*stored->key, scope.tenant, conversation, revision);
    co_return Change{.sql = sql::update_conversation,
        .values = {scope.tenant.text, scope.principal.text, conversation.id.text, std::move(sealed.title),
            std::move(sealed.prompt), revision, static_cast<std::int64_t>(conversation.level), to_value(conversation.model),
            to_json(conversation.parameters), to_value(conversation.is_pinned), to_value(conversation.is_archived),
            to_micros(conversation.updated_at), stored->revision},
        .must_change = 1};
}

Change SqlConversations::touch(Scope scope, ConversationId id, Time updated_at)
{
    return {
        .sql = sql::touch_conversation, .values = {scope.tenant.text, scope.principal.text, id.text, to_micros(updated_at)}};
}

std::vector<Change> SqlConversations::erase(Scope scope, ConversationId id)
{
    keys_->forget(id);
    std::vector<Change> changes;
    for (const auto sql :
        {sql::delete_chunks_of_conversation, sql::delete_turns_of_conversation, sql::delete_messages_of_conversation})
        changes.push_back({.sql = sql, .values = {scope.tenant.text, id.text}});
    // Last, because the others refer to it; when it is not the caller's, all four are undone.
    changes.push_back(
        {.sql = sql::delete_conversation, .values = {scope.tenant.text, scope.principal.text, id.text}, .must_change = 1});
    return changes;
}

} // namespace siyu::storage
