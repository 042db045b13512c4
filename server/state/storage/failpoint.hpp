#pragma once

#include <string_view>

namespace siyu::storage {

#ifdef SIYU_SANITIZED
/// SIYU_FAILPOINT=name:N kills the process, as kill -9 does, when it passes the point of that name for the Nth time.
void failpoint(std::string_view name);
#else
inline void failpoint(std::string_view) { }
#endif

} // namespace siyu::storage
