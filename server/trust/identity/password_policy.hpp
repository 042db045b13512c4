#pragma once

#include "core/base/result.hpp"

#include <string_view>

namespace siyu::identity {

/// What a password must be: long enough, without the user's name, and none of those that are tried first. Errc::invalid with
/// reason "password_too_short", "password_too_long", "password_contains_name" or "password_too_common", and `field`.
Result<void> check_password(
    std::string_view password, std::string_view user_name, std::size_t chars_min, std::string_view field);

} // namespace siyu::identity
