#pragma once

#include <chrono>
#include <cstddef>

namespace siyu::inference {

inline constexpr std::size_t json_depth_max = 64;
inline constexpr std::size_t answer_bytes_max = 64 * 1024 * 1024; ///< of an answer that is not streamed
inline constexpr std::size_t error_bytes_max = 256 * 1024;
inline constexpr std::size_t scanned_line_bytes_max = 1024 * 1024; ///< longer lines pass unread
inline constexpr std::chrono::milliseconds restart_patience{
    15'000}; ///< for an engine that has ended and is being started again
inline constexpr std::chrono::milliseconds ready_poll{100};
inline constexpr std::chrono::milliseconds record_retry{500};
inline constexpr std::chrono::seconds record_patience{60}; ///< how long the record of an abandoned call is tried

} // namespace siyu::inference
