#include "state/storage/cursor.hpp"

#include "core/base/bytes.hpp"

#include <charconv>

namespace siyu::storage {

std::string encode_cursor(std::string_view kind, const Cursor& cursor)
{
    std::string text(kind);
    for (const auto number : cursor.numbers)
        text += ":" + std::to_string(number);
    return to_base64url(as_bytes(text + ":" + cursor.text));
}

Result<Cursor> decode_cursor(std::string_view kind, std::size_t numbers, std::string_view text)
{
    const auto refused = [] { return fail(Errc::invalid, "a cursor that no page gave", "bad_cursor", "cursor"); };
    const auto decoded = from_base64url(text);
    if (!decoded)
        return refused();
    auto rest = as_text(*decoded);
    if (!rest.starts_with(kind) || !rest.substr(kind.size()).starts_with(':'))
        return refused();
    rest.remove_prefix(kind.size() + 1);
    Cursor cursor;
    for (std::size_t i = 0; i < numbers; ++i) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        if (error != std::errc() || end == rest.data() + rest.size() || *end != ':')
            return refused();
        cursor.numbers.push_back(number);
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()) + 1);
    }
    cursor.text = rest;
    // Numbers have more than one spelling; a cursor has one.
    return encode_cursor(kind, cursor) == text ? Result<Cursor>(std::move(cursor)) : refused();
}

} // namespace siyu::storage
