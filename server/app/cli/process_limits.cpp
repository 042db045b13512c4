#include "app/cli/process_limits.hpp"

#include <fstream>

#include <sys/resource.h>
#include <sys/stat.h>

namespace siyu::cli {

void set_process_limits()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    // A collector behind a pipe (kernel.core_pattern) is not held by the limit; this leaves no memory for it to collect.
    std::ofstream("/proc/self/coredump_filter") << "0";

    umask(S_IRWXG | S_IRWXO);

    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

} // namespace siyu::cli
