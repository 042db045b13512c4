#include "io/net/origin.hpp"

#include <charconv>

namespace siyu::http {

Result<Origin> parse_origin(const std::string& text)
{
    constexpr std::string_view scheme = "http://";
    if (text.starts_with("https://"))
        return fail(Errc::unavailable, text + ": https comes with TLS, which this version does not have yet", "no_tls");
    const auto colon = text.rfind(':');
    if (!text.starts_with(scheme) || colon < scheme.size() + 1)
        return fail(Errc::invalid, "not an origin: " + text);
    Origin origin{
        .text = text, .host = text.substr(scheme.size(), colon - scheme.size()), .host_field = text.substr(scheme.size())};
    const auto* const end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data() + colon + 1, end, origin.port);
    if (failure != std::errc() || stop != end || origin.port == 0)
        return fail(Errc::invalid, "not an origin: " + text);
    if (origin.host.starts_with('[') && origin.host.ends_with(']'))
        origin.host = origin.host.substr(1, origin.host.size() - 2);
    if (origin.host.empty() || origin.host.find_first_of("/?#@ \t\r\n") != std::string::npos)
        return fail(Errc::invalid, "not an origin: " + text);
    if (origin.port == 80)
        origin.host_field.resize(origin.host_field.rfind(':'));
    return origin;
}

} // namespace siyu::http
