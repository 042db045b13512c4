#pragma once

#include <cstddef>

namespace siyu::http {

/// Of the start line and header fields of one message.
struct HeaderLimits {
    std::size_t start_line_bytes_max = 8 * 1024;
    std::size_t fields_max = 100;
    std::size_t bytes_max = 32 * 1024; ///< of all lines together
};

} // namespace siyu::http
