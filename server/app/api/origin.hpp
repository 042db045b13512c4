#pragma once

#include "io/net/http_message.hpp"

#include <string>
#include <vector>

namespace siyu::api {

/// False when the request was made by a page of another site (RFC 6454; Fetch Metadata): its Origin is neither the address that
/// it was sent to nor in `allowed`. Programs send no Origin: true.
bool is_own_origin(const http::Request& request, const std::vector<std::string>& allowed);

/// CORS (Fetch standard) for the configured origins, without credentials: their pages come with an API key.
bool is_preflight(const http::Request& request);
void add_cors_headers(const std::vector<std::string>& allowed, const http::Request& request, http::Response& response);

} // namespace siyu::api
