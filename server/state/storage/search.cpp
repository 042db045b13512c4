#include "state/storage/search.hpp"

#include "core/base/text.hpp"
#include "state/storage/conversation_rows.hpp"
#include "state/storage/limits.hpp"
#include "state/storage/message_rows.hpp"
#include "state/storage/sql/conversations.hpp"
#include "state/storage/sql/messages.hpp"

#include <limits>
#include <tuple>

namespace siyu::storage {
namespace {

constexpr std::string_view ellipsis = "…";

struct Known {
    ConversationKeys::Key key;
    std::optional<std::string> title;
};
using KnownConversations = std::unordered_map<ConversationId, Known>;

/// What one look at a list of rows gave.
struct Scan {
    KnownConversations conversations;
    std::vector<SearchHit> hits;
};

/// `needle` is in lower case already.
std::optional<std::string> match(std::string_view text, std::string_view needle)
{
    const auto at = to_lower(text).find(needle);
    return at == std::string::npos ? std::nullopt : std::optional(snippet_of(text, at, needle.size()));
}

Result<Scan> scan_titles(const ConversationKeys& keys, const TenantId& tenant, const std::vector<db::Row>& rows,
    std::string_view needle, std::int64_t limit)
{
    Scan scan;
    for (const auto& row : rows) {
        auto opened = open_conversation(keys, tenant, row);
        if (!opened)
            return fail(opened.error());
        auto& conversation = opened->conversation;
        if (conversation.title && std::ssize(scan.hits) < limit)
            if (auto snippet = match(*conversation.title, needle))
                scan.hits.push_back({.conversation = conversation.id,
                    .message = {},
                    .title = conversation.title,
                    .snippet = std::move(*snippet),
                    .created_at = conversation.updated_at});
        scan.conversations.emplace(
            conversation.id, Known{.key = std::move(opened->key), .title = std::move(conversation.title)});
    }
    return scan;
}

Result<std::vector<SearchHit>> scan_messages(
    const KnownConversations& conversations, const TenantId& tenant, const std::vector<db::Row>& rows, std::string_view needle)
{
    std::vector<SearchHit> hits;
    for (const auto& row : rows) {
        const auto conversation = conversations.find(conversation_of_message(row));
        if (conversation == conversations.end())
            continue; // begun since the titles were read, or beyond the bound
        const auto message = open_message(*conversation->second.key, tenant, row);
        if (!message)
            return fail(message.error());
        if (auto snippet = match(message->content.text, needle))
            hits.push_back({.conversation = message->conversation,
                .message = message->id,
                .title = conversation->second.title,
                .snippet = std::move(*snippet),
                .created_at = message->created_at});
    }
    return hits;
}

} // namespace

Task<Result<std::vector<SearchHit>>> search_messages(db::Database& database, ConversationKeys& keys, async::BlockingPool& pool,
    Scope scope, std::string needle, std::int64_t limit)
{
    needle = to_lower(needle);
    if (needle.empty())
        co_return fail(Errc::invalid, "nothing to search for", "empty_query", "q");

    auto titles =
        co_await database.query(sql::select_titles, {scope.tenant.text, scope.principal.text, search_conversations_max});
    if (!titles)
        co_return fail(titles.error());
    auto scan = co_await pool.run([&keys, tenant = scope.tenant, rows = std::move(*titles), needle, limit] {
        return scan_titles(keys, tenant, rows, needle, limit);
    });
    if (!scan)
        co_return fail(scan.error());
    auto hits = std::move(scan->hits);
    const auto conversations = std::make_shared<const KnownConversations>(std::move(scan->conversations));

    auto before = std::numeric_limits<std::int64_t>::max();
    std::string before_id;
    std::int64_t found = 0;
    for (std::int64_t scanned = 0; scanned < search_messages_max && found < limit; scanned += search_page) {
        auto rows = co_await database.query(
            sql::select_messages_of_owner, {scope.tenant.text, scope.principal.text, before, before_id, search_page});
        if (!rows)
            co_return fail(rows.error());
        if (rows->empty())
            break;
        before = rows->back().integer(10);
        before_id = rows->back().text(0);
        auto page = co_await pool.run([conversations, tenant = scope.tenant, rows = std::move(*rows), needle] {
            return scan_messages(*conversations, tenant, rows, needle);
        });
        if (!page)
            co_return fail(page.error());
        found += std::ssize(*page);
        hits.insert(hits.end(), std::move_iterator(page->begin()), std::move_iterator(page->end()));
    }
    std::ranges::sort(hits, [](const SearchHit& a, const SearchHit& b) {
        return std::tie(a.created_at, a.conversation) > std::tie(b.created_at, b.conversation);
    });
    hits.resize(std::min(hits.size(), static_cast<std::size_t>(limit)));
    co_return hits;
}

std::string snippet_of(std::string_view text, std::size_t at, std::size_t length)
{
    std::size_t start = 0;
    if (at > snippet_bytes_around)
        start = utf8_prefix(text, at - snippet_bytes_around).size();
    const auto end = utf8_prefix(text, std::min(text.size(), at + length + snippet_bytes_around)).size();
    std::string snippet(text.substr(start, end - start));
    if (start > 0)
        snippet.insert(0, ellipsis);
    if (end < text.size())
        snippet += ellipsis;
    return snippet;
}

} // namespace siyu::storage
