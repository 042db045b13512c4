#include "trust/identity/names.hpp"

#include "core/base/text.hpp"
#include "trust/identity/limits.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace siyu::identity {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};

/// The blocks of living scripts that hold letters (Unicode 15), without their signs where those stand apart.
constexpr std::array letters{
    Range{0xc0, 0xd6}, Range{0xd8, 0xf6}, Range{0xf8, 0x24f}, // Latin
    Range{0x250, 0x2af}, Range{0x370, 0x373}, Range{0x376, 0x377}, Range{0x386, 0x386}, Range{0x388, 0x3ff}, // IPA, Greek
    Range{0x400, 0x481}, Range{0x48a, 0x52f}, Range{0x531, 0x556}, Range{0x561, 0x587}, // Cyrillic, Armenian
    Range{0x5d0, 0x5ea}, Range{0x620, 0x64a}, Range{0x660, 0x669}, Range{0x671, 0x6d3}, Range{0x6f0, 0x6fc}, // Hebrew, Arabic
    Range{0x710, 0x72f}, Range{0x780, 0x7b1}, // Syriac, Thaana
    Range{0x900, 0x963}, Range{0x966, 0xdff}, // Indic, with the vowel signs that their words need
    Range{0xe01, 0xe3a}, Range{0xe40, 0xe4e}, Range{0xe50, 0xe59}, Range{0xe81, 0xedf}, // Thai, Lao
    Range{0xf00, 0xf00}, Range{0xf20, 0xf29}, Range{0xf40, 0xf6c}, Range{0xf71, 0xf84}, // Tibetan
    Range{0x1000, 0x1049}, Range{0x1050, 0x109d}, Range{0x10a0, 0x10fa}, // Myanmar, Georgian
    Range{0x1100, 0x1112}, Range{0x1200, 0x135a}, Range{0x13a0, 0x13f5}, // Hangul initials, Ethiopic, Cherokee
    Range{0x1780, 0x17d3}, Range{0x17e0, 0x17e9}, Range{0x1810, 0x1819}, Range{0x1820, 0x1878}, // Khmer, Mongolian
    Range{0x1e00, 0x1fff}, // Latin and Greek with marks
    Range{0x3005, 0x3007}, Range{0x3041, 0x3096}, Range{0x30a1, 0x30fa}, Range{0x30fc, 0x30fe}, // kana
    Range{0x3105, 0x312f}, Range{0x31a0, 0x31bf}, // bopomofo
    Range{0x3400, 0x4dbf}, Range{0x4e00, 0x9fff}, // Han
    Range{0xa000, 0xa48c}, Range{0xac00, 0xd7a3}, // Yi, Hangul
    Range{0x20000, 0x323af}, // Han, further planes
};

/// The next code point of well-formed UTF-8, which is dropped from the text.
char32_t take_char(std::string_view& text)
{
    const auto lead = static_cast<std::uint8_t>(text[0]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t out = length == 1 ? lead : lead & (0x3fU >> (length - 1));
    for (std::size_t i = 1; i < length; ++i)
        out = out << 6 | (static_cast<std::uint8_t>(text[i]) & 0x3fU);
    text.remove_prefix(length);
    return out;
}

bool is_name_char(char32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-'
            || c == '@';
    return std::ranges::any_of(letters, [c](const Range& range) { return c >= range.first && c <= range.last; });
}

/// Nothing that moves the cursor, reverses the line or cannot be seen.
bool is_printable(char32_t c)
{
    return c >= 0x20 && (c < 0x7f || c > 0x9f) && c != 0xad && !(c >= 0x200b && c <= 0x200f) && !(c >= 0x2028 && c <= 0x202e)
        && !(c >= 0x2060 && c <= 0x206f) && c != 0xfeff && !(c >= 0xe000 && c <= 0xf8ff) && !(c >= 0xfff0 && c <= 0xffff)
        && c < 0xe0000;
}

} // namespace

std::size_t count_chars(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<std::uint8_t>(c) & 0xc0) != 0x80; }));
}

Result<void> check_user_name(std::string_view name)
{
    bool is_fine = !name.empty() && is_utf8(name) && count_chars(name) <= user_name_chars_max;
    for (auto rest = name; is_fine && !rest.empty();)
        is_fine = is_name_char(take_char(rest));
    if (!is_fine)
        return fail(Errc::invalid, "a user name has letters, digits and . _ - @, at most 64", "bad_user_name", "name");
    return {};
}

Result<void> check_label(std::string_view text, std::size_t chars_max, std::string_view field)
{
    bool is_fine = !text.empty() && is_utf8(text) && count_chars(text) <= chars_max && trim(text).size() == text.size();
    for (auto rest = text; is_fine && !rest.empty();)
        is_fine = is_printable(take_char(rest));
    if (!is_fine)
        return fail(Errc::invalid, "a name for people is printable and has 1 to " + std::to_string(chars_max) + " characters",
            "bad_name", std::string(field));
    return {};
}

} // namespace siyu::identity
