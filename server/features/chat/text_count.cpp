#include "features/chat/text_count.hpp"

#include <algorithm>

namespace siyu::chat {

namespace {

bool begins_code_point(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
}

bool is_letter_or_blank(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ';
}

} // namespace

std::size_t char_count(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(text, begins_code_point));
}

std::string_view first_chars(std::string_view text, std::size_t chars)
{
    for (std::size_t i = 0; i < text.size(); ++i)
        if (begins_code_point(text[i]) && chars-- == 0)
            return text.substr(0, i);
    return text;
}

bool is_blank(std::string_view text)
{
    constexpr std::string_view ideographic_space = "\u3000";
    while (!text.empty()) {
        const auto size = text.starts_with(ideographic_space)        ? ideographic_space.size()
            : std::string_view(" \t\r\n\v\f").contains(text.front()) ? 1
                                                                     : 0;
        if (size == 0)
            return false;
        text.remove_prefix(size);
    }
    return true;
}

std::int64_t token_estimate(std::string_view text)
{
    // In tenths of a token. A Chinese character has three bytes: one and a half tokens where a tokenizer hardly knows it.
    constexpr std::int64_t letter = 3;
    constexpr std::int64_t sign = 10;
    constexpr std::int64_t byte_of_other_script = 5;
    std::int64_t tenths = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        tenths += byte >= 0x80 ? byte_of_other_script : is_letter_or_blank(byte) ? letter : sign;
    }
    return (tenths + 9) / 10;
}

} // namespace siyu::chat
