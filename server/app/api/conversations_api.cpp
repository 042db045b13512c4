#include "app/api/answers.hpp"
#include "app/api/handlers.hpp"
#include "app/api/json_body.hpp"
#include "app/api/views.hpp"

#include <boost/json/array.hpp>

namespace siyu::api {
namespace {

Result<chat::ConversationPatch> read_patch(std::string_view text)
{
    JsonBody body(text);
    chat::ConversationPatch patch;
    patch.title = body.optional_text("title", 1, 200);
    patch.pinned = body.optional_bool("pinned");
    patch.archived = body.optional_bool("archived");
    patch.model = body.nullable_text("model", 1, 200);
    patch.system_prompt = body.nullable_text("system_prompt", 0, 32768);
    patch.parameters = body.optional_object("parameters");
    if (auto read = body.finish(); !read)
        return fail(read.error());
    return patch;
}

} // namespace

Task<Result<http::Response>> list_conversations(Services& services, Context& context)
{
    const auto archived = context.query_bool("archived", false);
    const auto limit = context.query_integer("limit", 1, 100, 50);
    if (!archived || !limit)
        co_return fail(!archived ? archived.error() : limit.error());
    auto page = co_await services.conversations.list(context.asker(), *archived, context.query("cursor").value_or(""), *limit);
    if (!page)
        co_return fail(page.error());
    boost::json::array items;
    for (const auto& conversation : page->items)
        items.push_back(conversation_view(conversation));
    boost::json::object body{{"items", std::move(items)}};
    if (!page->next_cursor.empty())
        body["next_cursor"] = page->next_cursor;
    co_return json_answer(200, body);
}

Task<Result<http::Response>> create_conversation(Services& services, Context& context)
{
    auto fields = read_patch(context.request.body);
    if (!fields)
        co_return fail(fields.error());
    auto created = co_await services.conversations.create(context.asker(), std::move(*fields));
    if (!created)
        co_return fail(created.error());
    co_return json_answer(201, conversation_view(*created));
}

Task<Result<http::Response>> read_conversation(Services& services, Context& context)
{
    auto id = context.path_id<ConversationId>();
    if (!id)
        co_return fail(id.error());
    auto found = co_await services.conversations.find(context.asker(), std::move(*id));
    if (!found)
        co_return fail(found.error());
    co_return json_answer(200, conversation_view(*found));
}

Task<Result<http::Response>> update_conversation(Services& services, Context& context)
{
    auto id = context.path_id<ConversationId>();
    if (!id)
        co_return fail(id.error());
    auto patch = read_patch(context.request.body);
    if (!patch)
        co_return fail(patch.error());
    auto updated = co_await services.conversations.update(context.asker(), std::move(*id), std::move(*patch));
    if (!updated)
        co_return fail(updated.error());
    co_return json_answer(200, conversation_view(*updated));
}

Task<Result<http::Response>> delete_conversation(Services& services, Context& context)
{
    auto id = context.path_id<ConversationId>();
    if (!id)
        co_return fail(id.error());
    auto erased = co_await services.conversations.erase(context.asker(), std::move(*id));
    if (!erased)
        co_return fail(erased.error());
    co_return no_content();
}

Task<Result<http::Response>> list_messages(Services& services, Context& context)
{
    auto id = context.path_id<ConversationId>();
    if (!id)
        co_return fail(id.error());
    auto messages = co_await services.conversations.messages(context.asker(), std::move(*id));
    if (!messages)
        co_return fail(messages.error());
    boost::json::array items;
    for (const auto& message : *messages)
        items.push_back(message_view(message, context.locale));
    co_return json_answer(200, {{"items", std::move(items)}});
}

Task<Result<http::Response>> search_messages(Services& services, Context& context)
{
    const auto needle = context.query("q");
    const auto limit = context.query_integer("limit", 1, 100, 20);
    if (!limit)
        co_return fail(limit.error());
    constexpr std::size_t needle_bytes_max = 800; // 200 code points
    if (!needle || needle->empty() || needle->size() > needle_bytes_max)
        co_return fail(Errc::invalid, {}, "bad_parameter", "q");
    auto hits = co_await services.conversations.search(context.asker(), *needle, *limit);
    if (!hits)
        co_return fail(hits.error());
    boost::json::array items;
    for (const auto& hit : *hits)
        items.push_back(search_hit_view(hit));
    co_return json_answer(200, {{"items", std::move(items)}});
}

} // namespace siyu::api
