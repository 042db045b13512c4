#include "core/observe/process_stats.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <sys/resource.h>
#include <unistd.h>

namespace siyu::observe {
namespace {

std::string first_line(const char* path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

/// When the machine started, in seconds since 1970.
double boot_time()
{
    std::ifstream file("/proc/stat");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("btime "))
            return std::stod(line.substr(6));
    return 0;
}

std::uint64_t count_fds()
{
    std::error_code error;
    std::uint64_t count = 0;
    for (std::filesystem::directory_iterator at("/proc/self/fd", error), end; !error && at != end; at.increment(error))
        ++count;
    return count > 0 ? count - 1 : 0; // without the one that lists
}

/// The fields of /proc/self/stat after the program's name, which may hold blanks and brackets; [0] is field 3, the state.
void read_stat(ProcessStats& stats)
{
    const auto line = first_line("/proc/self/stat");
    const auto name_end = line.rfind(')');
    if (name_end == std::string::npos)
        return;
    std::istringstream fields(line.substr(name_end + 1));
    std::string field;
    double user = 0;
    double system = 0;
    double start = 0;
    for (int number = 3; fields >> field; ++number) {
        switch (number) {
        case 14: user = std::stod(field); break;
        case 15: system = std::stod(field); break;
        case 20: stats.threads = std::stoull(field); break;
        case 22: start = std::stod(field); break;
        case 23: stats.virtual_bytes = std::stoull(field); break;
        case 24: stats.resident_bytes = std::stoull(field) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)); break;
        default: break;
        }
    }
    const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    stats.cpu_seconds = (user + system) / ticks;
    static const double booted = boot_time();
    stats.start_time_seconds = booted + start / ticks;
}

} // namespace

ProcessStats read_process_stats()
{
    ProcessStats stats;
    read_stat(stats);
    stats.open_fds = count_fds();
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
        stats.max_fds = limit.rlim_cur;
    return stats;
}

} // namespace siyu::observe
