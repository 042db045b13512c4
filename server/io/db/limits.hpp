#pragma once

#include <chrono>
#include <cstddef>

namespace siyu::db {

/// Connections that read at the same time; a query beyond them waits on its thread of the blocking pool.
inline constexpr std::size_t readers_max = 4;

/// How long a connection waits for another's lock before it answers Errc::unavailable.
inline constexpr std::chrono::milliseconds lock_patience{5000};

} // namespace siyu::db
