#pragma once

#include <cstdint>

namespace siyu {

/// How sensitive data is. A conversation's level only rises.
enum class Level : std::uint8_t { l1_public = 1, l2_internal = 2, l3_sensitive = 3, l4_secret = 4, l5_core = 5 };

inline constexpr Level default_level = Level::l2_internal;

} // namespace siyu
