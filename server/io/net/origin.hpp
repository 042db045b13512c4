#pragma once

#include "core/base/result.hpp"

#include <cstdint>
#include <string>

namespace siyu::http {

/// Where a permit leads.
struct Origin {
    std::string text; ///< "http://[::1]:8080"
    std::string host; ///< "::1": a name or a literal
    std::string host_field; ///< as the Host field has it
    std::uint16_t port = 0;
};

/// Errc::unavailable for a scheme that is not spoken (yet), invalid for what is no origin.
Result<Origin> parse_origin(const std::string& text);

} // namespace siyu::http
