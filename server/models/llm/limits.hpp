#pragma once

#include <chrono>
#include <cstddef>

namespace siyu::llm {

inline constexpr std::size_t think_bytes_max = 16; ///< leading blanks before a <think> tag
inline constexpr std::size_t models_answer_bytes_max = 1024 * 1024;
inline constexpr std::size_t models_max = 1000; ///< taken from one upstream
inline constexpr std::size_t model_name_bytes_max = 200;
inline constexpr std::size_t engine_log_bytes_max = 4 * 1024 * 1024; ///< then the file begins anew, the old one kept beside it
inline constexpr std::size_t engine_line_bytes_max = 4096;

inline constexpr std::size_t engine_key_bytes = 32;

inline constexpr std::chrono::milliseconds poll_interval_ready{5000};
inline constexpr std::chrono::milliseconds poll_interval_loading{200};
inline constexpr std::chrono::milliseconds poll_interval_down{1000};
inline constexpr std::chrono::milliseconds poll_patience{5000};

} // namespace siyu::llm
