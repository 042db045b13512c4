#pragma once

#include <cstdint>

namespace siyu::observe {

/// This process, as /proc tells; zero where it does not.
struct ProcessStats {
    std::uint64_t resident_bytes = 0;
    std::uint64_t virtual_bytes = 0;
    std::uint64_t open_fds = 0;
    std::uint64_t max_fds = 0;
    std::uint64_t threads = 0;
    double cpu_seconds = 0;
    double start_time_seconds = 0; ///< since 1970
};

ProcessStats read_process_stats();

} // namespace siyu::observe
