#include "state/storage/conversation_rows.hpp"

#include "state/storage/rows.hpp"

namespace siyu::storage {
namespace {

crypto::SealPlace place_of(
    const TenantId& tenant, const ConversationId& id, std::string_view column, std::int64_t revision, Level level)
{
    return {.tenant = tenant,
        .table = "conversations",
        .column = column,
        .conversation = id.text,
        .row = id.text,
        .revision = revision,
        .level = level};
}

Result<std::optional<std::string>> open_text(
    const crypto::SealingKey& key, const crypto::SealPlace& place, const db::Row& row, std::size_t column)
{
    if (row.is_null(column))
        return std::optional<std::string>();
    const auto opened = crypto::open(key, place, row.bytes(column));
    if (!opened)
        return fail(opened.error());
    return std::optional(std::string(as_text(*opened)));
}

db::Value seal_text(const crypto::SealingKey& key, const crypto::SealPlace& place, const std::optional<std::string>& text)
{
    return text ? db::Value(crypto::seal(key, place, as_bytes(*text))) : db::Value();
}

} // namespace

Result<OpenedConversation> open_conversation(const ConversationKeys& keys, const TenantId& tenant, const db::Row& row)
{
    const ConversationId id{row.text(0)};
    const auto revision = row.integer(5);
    const auto level = to_level(row.integer(6));
    if (!level)
        return fail(level.error());
    auto key = keys.open(tenant, id, row.bytes(2));
    if (!key)
        return fail(key.error());
    auto title = open_text(**key, place_of(tenant, id, "sealed_title", revision, *level), row, 3);
    if (!title)
        return fail(title.error());
    auto prompt = open_text(**key, place_of(tenant, id, "sealed_prompt", revision, *level), row, 4);
    if (!prompt)
        return fail(prompt.error());
    auto parameters = to_object(row.text(8));
    if (!parameters)
        return fail(parameters.error());
    return OpenedConversation{.conversation = {.id = id,
                                  .owner = UserId{row.text(1)},
                                  .title = std::move(*title),
                                  .system_prompt = std::move(*prompt),
                                  .model = text_or_nothing(row, 7),
                                  .parameters = std::move(*parameters),
                                  .level = *level,
                                  .is_pinned = row.integer(9) != 0,
                                  .is_archived = row.integer(10) != 0,
                                  .created_at = from_micros(row.integer(11)),
                                  .updated_at = from_micros(row.integer(12))},
        .revision = revision,
        .key = std::move(*key)};
}

SealedConversation seal_conversation(
    const crypto::SealingKey& key, const TenantId& tenant, const Conversation& conversation, std::int64_t revision)
{
    const auto place = [&](std::string_view column) {
        return place_of(tenant, conversation.id, column, revision, conversation.level);
    };
    return {.title = seal_text(key, place("sealed_title"), conversation.title),
        .prompt = seal_text(key, place("sealed_prompt"), conversation.system_prompt)};
}

} // namespace siyu::storage
