#include "app/api/origin.hpp"

#include "core/base/text.hpp"

#include <algorithm>

namespace siyu::api {
namespace {

bool is_allowed(std::string_view origin, const std::vector<std::string>& allowed)
{
    return std::ranges::any_of(allowed, [&](const auto& one) { return equals_ignoring_case(one, origin); });
}

} // namespace

bool is_own_origin(const http::Request& request, const std::vector<std::string>& allowed)
{
    const auto origin = request.header("Origin");
    if (origin.empty())
        return request.header("Sec-Fetch-Site") != "cross-site";
    if (is_allowed(origin, allowed))
        return true;
    // The scheme may differ behind a proxy that ends TLS; host and port may not.
    const auto at = origin.find("://");
    return at != std::string_view::npos && equals_ignoring_case(origin.substr(at + 3), request.header("Host"));
}

bool is_preflight(const http::Request& request)
{
    return request.method == "OPTIONS" && !request.header("Access-Control-Request-Method").empty();
}

void add_cors_headers(const std::vector<std::string>& allowed, const http::Request& request, http::Response& response)
{
    const auto origin = request.header("Origin");
    if (allowed.empty() || origin.empty() || !is_allowed(origin, allowed))
        return;
    response.headers.add("Access-Control-Allow-Origin", std::string(origin));
    response.headers.add("Vary", "Origin");
    if (!is_preflight(request))
        return;
    response.headers.add("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
    response.headers.add("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID");
    response.headers.add("Access-Control-Max-Age", "600");
}

} // namespace siyu::api
