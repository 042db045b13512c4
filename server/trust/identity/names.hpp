#pragma once

#include "core/base/result.hpp"

#include <cstddef>
#include <string_view>

namespace siyu::identity {

/// Letters of any script, digits, and . _ - @, at most 64. Left out: forms that look like others (full-width, mathematical and
/// other compatibility forms, combining marks), so that two accounts cannot be told apart by nobody.
/// Errc::invalid "bad_user_name", field `name`.
Result<void> check_user_name(std::string_view name);

/// For people: printable, 1 to `chars_max` characters, no blanks at the ends. Errc::invalid "bad_name" with `field`.
Result<void> check_label(std::string_view text, std::size_t chars_max, std::string_view field);

/// Code points of well-formed UTF-8.
std::size_t count_chars(std::string_view text);

} // namespace siyu::identity
