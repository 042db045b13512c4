#pragma once

#include <cstddef>

namespace siyu::identity {

inline constexpr std::size_t user_name_chars_max = 64;
inline constexpr std::size_t display_name_chars_max = 64;
inline constexpr std::size_t key_name_chars_max = 64;
inline constexpr std::size_t password_bytes_max = 4'096; ///< 1,024 characters of any script
inline constexpr std::size_t password_chars_max = 1'024;
inline constexpr std::size_t user_agent_bytes_max = 200;
inline constexpr std::size_t token_chars_max = 128; ///< of a cookie, key or setup link as presented
inline constexpr std::size_t touches_per_commit_max = 128;

} // namespace siyu::identity
