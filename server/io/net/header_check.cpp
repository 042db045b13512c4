#include "io/net/header_check.hpp"

#include "core/base/text.hpp"
#include "io/net/field.hpp"
#include "io/net/target.hpp"

namespace siyu::http {

namespace {

constexpr std::size_t method_bytes_max = 20;
constexpr std::size_t fields_expected = 16;
constexpr Refusal accepted{0, {}};
constexpr Refusal header_too_large{431, "header_too_large"};
constexpr Refusal target_too_long{414, "target_too_long"};
constexpr Refusal method_unknown{501, "method_unknown"};

bool is_visible(std::string_view text)
{
    return std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

// uri-host [ ":" port ], loosely: what matters is that nothing in it can end or begin another part of an URL.
bool is_host(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || std::string_view("-._~:[]").contains(static_cast<char>(c));
    });
}

Refusal read_version(std::string_view text, int& minor)
{
    const bool is_http = text.size() == 8 && text.starts_with("HTTP/") && text[6] == '.' && text[5] >= '0' && text[5] <= '9'
        && text[7] >= '0' && text[7] <= '9';
    if (!is_http)
        return malformed;
    if (text[5] != '1' || text[7] > '1')
        return {505, "version_unknown"};
    minor = text[7] - '0';
    return accepted;
}

} // namespace

RequestHeadReader::Step RequestHeadReader::feed(std::string_view bytes)
{
    std::size_t consumed = 0;
    while (consumed < bytes.size() && refusal_.status == 0) {
        has_begun_ = true;
        const auto bytes_left = limits_.bytes_max - std::min(bytes_, limits_.bytes_max);
        const auto step = lines_.next(
            bytes.substr(consumed), has_request_line_ ? bytes_left : std::min(bytes_left, limits_.start_line_bytes_max));
        consumed += step.consumed;
        switch (step.status) {
        case LineReader::Status::more: return {Status::more, consumed};
        case LineReader::Status::bad: refusal_ = malformed; break;
        case LineReader::Status::too_long: refusal_ = has_request_line_ ? header_too_large : target_too_long; break;
        case LineReader::Status::line:
            bytes_ += step.line.size() + 2;
            if (take_line(step.line))
                return {Status::done, consumed};
        }
    }
    return {refusal_.status == 0 ? Status::more : Status::refused, consumed};
}

bool RequestHeadReader::take_line(std::string_view line)
{
    if (!has_request_line_) {
        if (line.empty() && !std::exchange(skipped_blank_, true))
            return false; // RFC 9112, 2.2: one empty line before the request is to be ignored
        refusal_ = take_request_line(line);
        has_request_line_ = true;
        return false;
    }
    if (line.empty()) {
        refusal_ = finish();
        return refusal_.status == 0;
    }
    auto& headers = head_.request.headers;
    if (headers.fields().size() >= limits_.fields_max)
        refusal_ = header_too_large;
    else if (!add_field(line, headers))
        refusal_ = malformed;
    return false;
}

Refusal RequestHeadReader::take_request_line(std::string_view line)
{
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return malformed;
    const auto method = line.substr(0, first);
    if (!is_token(method))
        return malformed;
    auto& request = head_.request;
    request.headers.reserve(fields_expected);
    if (const auto refusal = read_version(line.substr(last + 1), head_.minor_version); refusal.status != 0)
        return refusal;
    const bool is_upper = std::ranges::all_of(method, [](char c) { return (c >= 'A' && c <= 'Z') || c == '-'; });
    if (!is_upper || method.size() > method_bytes_max || method == "CONNECT" || method == "TRACE")
        return method_unknown;
    request.method = method;
    request.is_head_only = method == "HEAD";
    return take_target(line.substr(first + 1, last - first - 1));
}

Refusal RequestHeadReader::take_target(std::string_view target)
{
    auto& request = head_.request;
    if (target == "*" && request.method == "OPTIONS") {
        request.path = target;
        return accepted;
    }
    // A proxy's form ("http://host/path") names a second host, and a fragment never travels: both are refused.
    if (!is_visible(target) || target.contains('#'))
        return malformed;
    const auto question = target.find('?');
    auto path = normalise_path(target.substr(0, question));
    if (!path)
        return malformed;
    request.path = std::move(*path);
    if (question != std::string_view::npos)
        request.query = target.substr(question + 1);
    return accepted;
}

Refusal RequestHeadReader::finish()
{
    const auto& headers = head_.request.headers;
    int hosts = 0;
    for (const auto& [name, value] : headers.fields()) {
        if (!equals_ignoring_case(name, "host"))
            continue;
        ++hosts;
        if (!is_host(value))
            return malformed;
    }
    if (hosts > 1 || (hosts == 0 && head_.minor_version == 1))
        return malformed;
    const auto body = read_body_fields(headers, head_.minor_version);
    if (body.refusal.status != 0)
        return body.refusal;
    head_.framing = body.framing;
    head_.content_length = body.length;
    head_.keep_alive = head_.minor_version == 1 && !has_element(headers, "connection", "close");
    if (head_.minor_version == 1 && headers.has("expect")) {
        if (!equals_ignoring_case(headers.find("expect"), "100-continue"))
            return {417, "expectation_unknown"};
        head_.expects_continue = true;
    }
    return accepted;
}

} // namespace siyu::http
