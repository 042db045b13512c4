#include "state/storage/message_rows.hpp"

#include "state/storage/content_codec.hpp"
#include "state/storage/rows.hpp"

namespace siyu::storage {
namespace {

crypto::SealPlace place_of(const TenantId& tenant, const Message& message)
{
    return {.tenant = tenant,
        .table = "messages",
        .column = "sealed",
        .conversation = message.conversation.text,
        .row = message.id.text,
        .revision = message.revision,
        .level = message.level};
}

template <class T> std::optional<T> id_or_nothing(const db::Row& row, std::size_t column)
{
    return row.is_null(column) ? std::nullopt : std::optional(T{row.text(column)});
}

} // namespace

Result<Message> open_message(const crypto::SealingKey& key, const TenantId& tenant, const db::Row& row)
{
    const auto level = to_level(row.integer(5));
    if (!level)
        return fail(level.error());
    const auto state = known(parse_turn_state(row.text(7)), "state of a message");
    if (!state)
        return fail(state.error());
    auto meta = to_object(row.text(9));
    if (!meta)
        return fail(meta.error());
    Message message{.id = MessageId{row.text(0)},
        .conversation = conversation_of_message(row),
        .parent = id_or_nothing<MessageId>(row, 2),
        .author = row.text(3) == "user" ? Author::user : Author::assistant,
        .content = {},
        .level = *level,
        .state = *state,
        .turn = id_or_nothing<TurnId>(row, 8),
        .revision = row.integer(6),
        .meta = std::move(*meta),
        .created_at = from_micros(row.integer(10))};
    const auto opened = crypto::open(key, place_of(tenant, message), row.bytes(4));
    if (!opened)
        return fail(opened.error());
    auto content = decode_content(*opened);
    if (!content)
        return fail(content.error());
    message.content = std::move(*content);
    return message;
}

Result<Bytes> seal_message(const crypto::SealingKey& key, const TenantId& tenant, const Message& message)
{
    const auto plaintext = encode_content(message.content);
    if (!plaintext)
        return fail(plaintext.error());
    return crypto::seal(key, place_of(tenant, message), as_bytes(*plaintext));
}

std::string to_text(Author author)
{
    return author == Author::user ? "user" : "assistant";
}

} // namespace siyu::storage
