#include "app/api/openai_error.hpp"

#include "app/api/problem.hpp"

#include <boost/json/serialize.hpp>

namespace siyu::api {
namespace {

std::string_view type_of(int status)
{
    switch (status) {
    case 401: return "authentication_error";
    case 403: return "permission_error";
    case 404: return "not_found_error";
    case 429: return "rate_limit_error";
    default: return status < 500 ? "invalid_request_error" : "server_error";
    }
}

} // namespace

http::Response openai_error(const Error& error, Locale locale, std::optional<int> status)
{
    const auto problem = problem_body(error, locale);
    http::Response response;
    response.status = status.value_or(status_of(error));
    response.headers.add("Content-Type", "application/json");
    if (response.status == 429)
        response.headers.add("Retry-After", "5");
    boost::json::object inner;
    inner["message"] = problem.at("title");
    inner["type"] = type_of(response.status);
    inner["param"] = error.field.empty() ? boost::json::value(nullptr) : boost::json::value(error.field);
    inner["code"] = problem.at("code");
    response.body = boost::json::serialize(boost::json::object{{"error", std::move(inner)}});
    return response;
}

} // namespace siyu::api
