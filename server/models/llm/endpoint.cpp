#include "models/llm/endpoint.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <charconv>

namespace siyu::llm {

namespace {

bool is_port(std::string_view text)
{
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number > 0 && number <= 65535;
}

bool is_plain(char c)
{
    return c > ' ' && c < 0x7f && std::string_view("?#@\"<>\\^`{|}").find(c) == std::string_view::npos;
}

} // namespace

bool Endpoint::is_loopback() const
{
    return origin.starts_with("http://127.") || origin.starts_with("http://[::1]:") || origin.starts_with("http://localhost:");
}

Result<Endpoint> parse_endpoint(std::string_view url, std::string key)
{
    constexpr std::string_view scheme = "http://";
    if (to_lower(url.substr(0, 8)) == "https://")
        return fail(Errc::invalid, "https is not there yet: connect a model server by http:// inside your own network");
    if (to_lower(url.substr(0, scheme.size())) != scheme || !std::ranges::all_of(url, is_plain))
        return fail(Errc::invalid, "a model server's address is http://host:port, with or without /v1");
    auto rest = url.substr(scheme.size());
    const auto slash = rest.find('/');
    auto authority = rest.substr(0, slash);
    auto path = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
    while (path.ends_with('/'))
        path.remove_suffix(1);
    if (path.ends_with("/v1"))
        path.remove_suffix(3);
    const auto bracket = authority.rfind(']');
    const auto colon = authority.rfind(':');
    const bool has_port = colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
    const auto host = authority.substr(0, has_port ? colon : authority.size());
    const auto port = has_port ? authority.substr(colon + 1) : std::string_view("80");
    if (host.empty() || !is_port(port))
        return fail(Errc::invalid, "a model server's address needs a host, and a port between 1 and 65535");
    return Endpoint{std::string(scheme) + to_lower(host) + ":" + std::string(port), std::string(path), std::move(key)};
}

} // namespace siyu::llm
