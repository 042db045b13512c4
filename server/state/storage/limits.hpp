#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace siyu::storage {

/// Commits in one transaction, and how long it waits for company while others keep coming.
inline constexpr std::size_t group_max = 128;
inline constexpr std::chrono::milliseconds group_patience{2};

/// Commits, and their bytes, that may wait for the writer.
inline constexpr std::size_t queue_max = 8192;
inline constexpr std::size_t queue_bytes_max = 64U << 20;

/// What need not wait is written this late at most, unless something durable takes it along earlier.
inline constexpr std::chrono::milliseconds recorded_patience{250};
/// How often the idle writer looks up: for recorded Commits, which do not wake it, and for a checkpoint that is due.
inline constexpr std::chrono::milliseconds writer_tick{250};

inline constexpr std::int64_t checkpoint_events = 1024;
inline constexpr std::chrono::seconds checkpoint_period{60};

/// Opened conversation keys that are kept.
inline constexpr std::size_t open_keys_max = 4096;

/// What a search looks at, newest first.
inline constexpr std::int64_t search_conversations_max = 10'000;
inline constexpr std::int64_t search_messages_max = 50'000;
inline constexpr std::int64_t search_page = 500;
inline constexpr std::size_t snippet_bytes_around = 90;

} // namespace siyu::storage
