#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace siyu::chat {

/// Code points of well-formed UTF-8.
std::size_t char_count(std::string_view text);

/// The first `chars` code points.
std::string_view first_chars(std::string_view text, std::size_t chars);

/// Nothing in it but white space, the ideographic space included.
bool is_blank(std::string_view text);

/// How many tokens the text may cost, guessed high for any tokenizer: letters by the third, digits and signs one by one, other
/// scripts by their bytes.
std::int64_t token_estimate(std::string_view text);

} // namespace siyu::chat
