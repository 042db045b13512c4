#include "core/base/text.hpp"

#include <algorithm>
#include <cstdint>

namespace siyu {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_continuation(char c)
{
    return (static_cast<std::uint8_t>(c) & 0xc0) == 0x80;
}

/// Bytes that a code point starting with `lead` has; 0 where it cannot start one.
std::size_t sequence_length(std::uint8_t lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead <= 0xdf)
        return 2;
    if (lead >= 0xe0 && lead <= 0xef)
        return 3;
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/// The second byte alone tells overlong forms, surrogates and code points beyond the last.
bool is_second_byte(std::uint8_t lead, char second)
{
    const auto byte = static_cast<std::uint8_t>(second);
    if (lead == 0xe0)
        return byte >= 0xa0 && byte <= 0xbf;
    if (lead == 0xed)
        return byte >= 0x80 && byte <= 0x9f;
    if (lead == 0xf0)
        return byte >= 0x90 && byte <= 0xbf;
    if (lead == 0xf4)
        return byte >= 0x80 && byte <= 0x8f;
    return is_continuation(second);
}

} // namespace

bool is_utf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<std::uint8_t>(text[i]);
        const auto length = sequence_length(lead);
        if (length == 0 || i + length > text.size())
            return false;
        if (length > 1 && !is_second_byte(lead, text[i + 1]))
            return false;
        for (std::size_t k = 2; k < length; ++k)
            if (!is_continuation(text[i + k]))
                return false;
        i += length;
    }
    return true;
}

std::string_view utf8_prefix(std::string_view text, std::size_t bytes_max)
{
    if (text.size() <= bytes_max)
        return text;
    auto end = bytes_max;
    while (end > 0 && is_continuation(text[end]))
        --end;
    return text.substr(0, end);
}

std::size_t utf8_complete(std::string_view text)
{
    auto start = text.size();
    for (int back = 0; back < 4 && start > 0; ++back) {
        --start;
        if (!is_continuation(text[start])) {
            const auto length = sequence_length(static_cast<std::uint8_t>(text[start]));
            return start + length > text.size() ? start : text.size();
        }
    }
    return text.size();
}

std::string to_lower(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

bool equals_ignoring_case(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace siyu
