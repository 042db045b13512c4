#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace siyu {

/// True when the text is well-formed UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

/// The longest prefix of at most `bytes_max` bytes that does not end inside a code point.
std::string_view utf8_prefix(std::string_view text, std::size_t bytes_max);

/// The length of the longest prefix that ends at a code point's end: what of a growing text may be shown.
std::size_t utf8_complete(std::string_view text);

/// ASCII letters only: header names, schemes, hosts.
std::string to_lower(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);

/// Without blanks and tabs at both ends.
std::string_view trim(std::string_view text);

} // namespace siyu
