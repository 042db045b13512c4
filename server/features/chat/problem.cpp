#include "features/chat/problem.hpp"

#include <charconv>

namespace siyu::chat {

namespace {

int status_of(Errc code)
{
    switch (code) {
    case Errc::invalid: return 400;
    case Errc::forbidden: return 403;
    case Errc::not_found: return 404;
    case Errc::too_large: return 413;
    case Errc::rate_limited: return 429;
    case Errc::unavailable: return 503;
    case Errc::timeout: return 504;
    case Errc::upstream: return 502;
    default: return 500;
    }
}

std::int64_t number(std::string_view text)
{
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace

std::string code_of(const Error& error)
{
    return error.reason.empty() ? std::string(to_string(error.code)) : error.reason;
}

boost::json::object problem_of(const Error& error)
{
    boost::json::object problem{{"code", code_of(error)}, {"status", status_of(error.code)}};
    if (const auto slash = error.detail.find('/'); error.reason == "prompt_too_long" && slash != std::string::npos) {
        problem["tokens"] = number(std::string_view(error.detail).substr(0, slash));
        problem["window"] = number(std::string_view(error.detail).substr(slash + 1));
    }
    return problem;
}

} // namespace siyu::chat
