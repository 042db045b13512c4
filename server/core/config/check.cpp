#include "core/config/check.hpp"

#include "core/base/text.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace siyu::config {
namespace {

constexpr std::size_t host_chars_max = 253;

bool is_ip(const std::string& host, int family)
{
    std::array<unsigned char, sizeof(in6_addr)> address{};
    return inet_pton(family, host.c_str(), address.data()) == 1;
}

bool is_host_name(std::string_view host)
{
    return !host.empty() && host.size() <= host_chars_max && host.front() != '.' && host.front() != '-'
        && host.find("..") == std::string_view::npos && std::ranges::all_of(host, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
           });
}

std::optional<std::uint16_t> read_port(std::string_view text, int least)
{
    const auto number = read_integer(text);
    if (!number || *number < least || *number > 65'535)
        return std::nullopt;
    return static_cast<std::uint16_t>(*number);
}

/// host[:port], as it stands in a URL.
bool is_authority(std::string_view text)
{
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos || !is_ip(std::string(text.substr(1, end - 1)), AF_INET6))
            return false;
        const auto rest = text.substr(end + 1);
        return rest.empty() || (rest.starts_with(':') && read_port(rest.substr(1), 1));
    }
    const auto colon = text.find(':');
    return is_host_name(text.substr(0, colon)) && (colon == std::string_view::npos || read_port(text.substr(colon + 1), 1));
}

struct UrlParts {
    std::string origin;
    std::string_view path;
};

std::optional<UrlParts> split_url(std::string_view text)
{
    const auto scheme_end = text.find("://");
    if (scheme_end == std::string_view::npos || text.size() > 2'000)
        return std::nullopt;
    const auto scheme = to_lower(text.substr(0, scheme_end));
    if (scheme != "http" && scheme != "https")
        return std::nullopt;
    auto rest = text.substr(scheme_end + 3);
    const auto slash = std::min(rest.find('/'), rest.size());
    const auto authority = to_lower(rest.substr(0, slash));
    if (!is_authority(authority))
        return std::nullopt;
    return UrlParts{scheme + "://" + authority, rest.substr(slash)};
}

bool is_path_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || std::string_view("-._~%!$&'()*+,;=:@/").find(c) != std::string_view::npos;
}

} // namespace

std::string to_string(const HostPort& address)
{
    const bool is_v6 = address.host.find(':') != std::string::npos;
    return (is_v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

bool is_loopback(const std::string& host)
{
    return host == "localhost" || host == "::1" || (host.starts_with("127.") && is_ip(host, AF_INET));
}

std::optional<std::int64_t> read_integer(std::string_view text)
{
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return out;
}

std::optional<HostPort> read_host_port(std::string_view text)
{
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const auto port = read_port(text.substr(colon + 1), 0);
    if (!port)
        return std::nullopt;
    std::string host(text.substr(0, colon));
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
        return is_ip(host, AF_INET6) ? std::optional(HostPort{host, *port}) : std::nullopt;
    }
    if (host != "localhost" && !is_ip(host, AF_INET))
        return std::nullopt;
    return HostPort{host, *port};
}

std::optional<std::string> read_origin(std::string_view text)
{
    const auto parts = split_url(text);
    if (!parts || (!parts->path.empty() && parts->path != "/"))
        return std::nullopt;
    return parts->origin;
}

std::optional<std::string> read_base_url(std::string_view text)
{
    const auto parts = split_url(text);
    if (!parts || !std::ranges::all_of(parts->path, is_path_char))
        return std::nullopt;
    auto path = parts->path;
    const auto drop_slashes = [&] {
        while (path.ends_with('/'))
            path.remove_suffix(1);
    };
    drop_slashes();
    if (path.ends_with("/v1")) {
        path.remove_suffix(3);
        drop_slashes();
    }
    return parts->origin + std::string(path);
}

std::optional<std::string> read_network(std::string_view text)
{
    const auto slash = text.find('/');
    const std::string address(text.substr(0, slash));
    const bool is_v4 = is_ip(address, AF_INET);
    if (!is_v4 && !is_ip(address, AF_INET6))
        return std::nullopt;
    if (slash != std::string_view::npos) {
        const auto bits = read_integer(text.substr(slash + 1));
        if (!bits || *bits < 0 || *bits > (is_v4 ? 32 : 128))
            return std::nullopt;
    }
    return std::string(text);
}

std::optional<std::string> read_engine_name(std::string_view text)
{
    const bool is_fine = !text.empty() && text.size() <= 64
        && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    return is_fine ? std::optional(std::string(text)) : std::nullopt;
}

std::optional<std::string> read_name(std::string_view text)
{
    const bool is_fine = !text.empty() && text.size() <= 200 && is_utf8(text)
        && std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7f'; });
    return is_fine ? std::optional(std::string(text)) : std::nullopt;
}

std::optional<std::string> read_url_path(std::string_view text)
{
    const bool is_fine = text.starts_with('/') && text.size() <= 1'000 && std::ranges::all_of(text, is_path_char);
    return is_fine ? std::optional(std::string(text)) : std::nullopt;
}

std::optional<std::string> read_text(std::string_view text)
{
    const bool is_fine = !text.empty() && text.size() <= 4'096
        && std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
    return is_fine ? std::optional(std::string(text)) : std::nullopt;
}

std::optional<std::string> read_key(std::string_view text)
{
    const bool is_fine =
        !text.empty() && text.size() <= 8'192 && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
    return is_fine ? std::optional(std::string(text)) : std::nullopt;
}

} // namespace siyu::config
