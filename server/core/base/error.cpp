#include "core/base/error.hpp"

namespace siyu {

std::string_view to_string(Errc code)
{
    switch (code) {
    case Errc::invalid: return "invalid";
    case Errc::unauthenticated: return "unauthenticated";
    case Errc::forbidden: return "forbidden";
    case Errc::not_found: return "not_found";
    case Errc::conflict: return "conflict";
    case Errc::too_large: return "too_large";
    case Errc::rate_limited: return "rate_limited";
    case Errc::unavailable: return "unavailable";
    case Errc::timeout: return "timeout";
    case Errc::cancelled: return "cancelled";
    case Errc::upstream: return "upstream";
    case Errc::corrupt: return "corrupt";
    case Errc::internal: return "internal";
    }
    return "internal";
}

} // namespace siyu
