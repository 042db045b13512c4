#pragma once

#include "core/domain/principal.hpp"

#include <string>

namespace siyu::identity {

/// Where a request came from, as the pipeline established it.
struct Client {
    std::string address; ///< the caller's, behind trusted proxies; empty on the command line
    std::string user_agent;
    std::string request_id;
};

/// Who does something, and from where: every change of accounts names both in its audit event.
struct Act {
    Principal by;
    Client from;
};

} // namespace siyu::identity
