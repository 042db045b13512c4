#pragma once

#include <chrono>
#include <cstddef>

namespace siyu::chat {

inline constexpr std::size_t prompt_bytes_max = 4'000'000; ///< a million code points, however long each
inline constexpr std::size_t title_chars_max = 200; ///< given by a person
inline constexpr std::size_t own_title_chars_max = 40; ///< given by the model
inline constexpr std::size_t system_prompt_chars_max = 32'768;
inline constexpr std::size_t model_bytes_max = 200;
inline constexpr std::size_t needle_chars_max = 200;
inline constexpr std::size_t answer_bytes_max = 8 * 1024 * 1024; ///< of one answer, text and reasoning
inline constexpr std::size_t turns_per_conversation_max = 4;

inline constexpr std::chrono::milliseconds store_interval{250};
inline constexpr std::chrono::milliseconds end_retry_min{250};
inline constexpr std::chrono::milliseconds end_retry_max{5'000};
inline constexpr std::chrono::seconds end_patience{120}; ///< how long a turn's end is tried to be stored
inline constexpr std::chrono::seconds end_patience_at_stop{3};
inline constexpr std::chrono::seconds title_patience{60};

} // namespace siyu::chat
