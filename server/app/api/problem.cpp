#include "app/api/problem.hpp"

#include "app/api/problem_texts.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <string>

namespace siyu::api {
namespace {

std::string_view code_of(const Error& error)
{
    return error.reason.empty() ? to_string(error.code) : error.reason;
}

const ProblemText* find_text(std::string_view code)
{
    const auto found = std::ranges::find(problem_texts, code, &ProblemText::code);
    return found == problem_texts.end() ? nullptr : &*found;
}

} // namespace

int status_of(const Error& error)
{
    switch (error.code) {
    case Errc::invalid: return 400;
    case Errc::unauthenticated: return 401;
    case Errc::forbidden: return 403;
    case Errc::not_found: return 404;
    case Errc::conflict: return 409;
    case Errc::too_large: return 413;
    case Errc::rate_limited: return 429;
    case Errc::unavailable: return 503;
    case Errc::timeout: return 504;
    case Errc::cancelled: return 499;
    case Errc::upstream: return 502;
    case Errc::corrupt:
    case Errc::internal: return 500;
    }
    return 500;
}

std::string_view problem_title(std::string_view code, Locale locale)
{
    const auto* text = find_text(code);
    if (text == nullptr)
        return {};
    return locale == Locale::zh_cn ? text->chinese : text->english;
}

boost::json::object problem_body(const Error& error, Locale locale)
{
    // A reason without a text of its own is told as its class: never an empty sentence.
    const auto code = find_text(code_of(error)) != nullptr ? code_of(error) : to_string(error.code);
    boost::json::object body;
    body["type"] = "urn:siyu:problem:" + std::string(code);
    body["title"] = problem_title(code, locale);
    body["status"] = status_of(error);
    body["code"] = code;
    if (!error.field.empty())
        body["field"] = error.field;
    return body;
}

http::Response problem(const Error& error, Locale locale, std::optional<int> status)
{
    http::Response response;
    response.status = status.value_or(status_of(error));
    response.headers.add("Content-Type", "application/problem+json");
    response.headers.add("Content-Language", std::string(to_string(locale)));
    if (error.code == Errc::rate_limited)
        response.headers.add("Retry-After", "5");
    auto body = problem_body(error, locale);
    body["status"] = response.status; // RFC 9457, 3.1.2: the same in both places
    response.body = boost::json::serialize(body);
    return response;
}

} // namespace siyu::api
