#pragma once

#include <chrono>
#include <cstddef>

namespace siyu::events {

inline constexpr std::size_t ring_bytes_max = 256 * 1024; ///< of the newest events of one turn
inline constexpr std::size_t batch_bytes_max = 64 * 1024; ///< that a reader takes at once
inline constexpr std::chrono::seconds kept_after_end{60};
inline constexpr std::size_t ended_max = 1024; ///< logs of ended turns in memory

} // namespace siyu::events
