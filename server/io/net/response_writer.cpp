#include "io/net/response_writer.hpp"

#include "core/base/text.hpp"
#include "io/net/field.hpp"

#include <fmt/format.h>

#include <array>
#include <ctime>

namespace siyu::http {

namespace {

std::string_view reason_of(int status)
{
    switch (status) {
    case 101: return "Switching Protocols";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return "";
    }
}

bool is_servers_own(std::string_view name)
{
    switch (name.size()) {
    case 4: return equals_ignoring_case(name, "date");
    case 10: return equals_ignoring_case(name, "connection");
    case 14: return equals_ignoring_case(name, "content-length");
    case 17: return equals_ignoring_case(name, "transfer-encoding");
    default: return false;
    }
}

bool is_one_line(std::string_view value)
{
    return std::ranges::all_of(value, [](unsigned char c) { return c >= 0x20 || c == '\t'; });
}

} // namespace

Delivery delivery_of(const Response& response, bool is_head_request, int minor_version)
{
    if (is_head_request || response.status == 204 || response.status == 304 || response.status < 200)
        return Delivery::no_body;
    if (!response.source)
        return Delivery::whole;
    return minor_version == 0 ? Delivery::until_close : Delivery::chunked;
}

bool write_head(std::string& out, const Response& response, Delivery delivery, bool keep_alive)
{
    out.clear();
    fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\nDate: ", response.status, reason_of(response.status));
    out.append(http_date_now()).append("\r\n");
    for (const auto& [name, value] : response.headers.fields()) {
        if (is_servers_own(name))
            continue;
        if (!is_token(name) || !is_one_line(value))
            return false;
        out.append(name).append(": ").append(value).append("\r\n");
    }
    const auto bytes = response.static_body.empty() ? response.body.size() : response.static_body.size();
    const bool tells_length = delivery == Delivery::whole
        || (delivery == Delivery::no_body && response.status >= 200 && response.status != 204 && response.status != 304
            && !response.source);
    if (tells_length)
        fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", bytes);
    if (delivery == Delivery::chunked)
        out += "Transfer-Encoding: chunked\r\n";
    if (!keep_alive && response.status != 101)
        out += "Connection: close\r\n";
    out += "\r\n";
    return true;
}

std::string_view http_date_now()
{
    static thread_local std::time_t second = -1;
    static thread_local std::array<char, 32> text;
    if (const auto now = std::time(nullptr); now != second) {
        second = now;
        std::tm parts{};
        ::gmtime_r(&now, &parts);
        constexpr std::string_view days = "SunMonTueWedThuFriSat";
        constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
        fmt::format_to_n(text.data(), text.size(), "{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days.substr(3 * parts.tm_wday, 3),
            parts.tm_mday, months.substr(3 * parts.tm_mon, 3), 1900 + parts.tm_year, parts.tm_hour, parts.tm_min, parts.tm_sec);
    }
    return {text.data(), 29};
}

} // namespace siyu::http
