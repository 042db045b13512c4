#include "state/storage/failpoint.hpp"

#ifdef SIYU_SANITIZED

#include <atomic>
#include <csignal>
#include <cstdlib>

namespace siyu::storage {

void failpoint(std::string_view name)
{
    const char* const setting = std::getenv("SIYU_FAILPOINT");
    static std::atomic<long> passed = 0;
    if (setting == nullptr)
        return;
    const std::string_view chosen = setting;
    const auto colon = chosen.find(':');
    if (colon == std::string_view::npos || chosen.substr(0, colon) != name)
        return;
    if (++passed == std::atol(setting + colon + 1))
        std::raise(SIGKILL);
}

} // namespace siyu::storage

#endif
