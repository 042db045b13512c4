#include "trust/privacy/egress_gate.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <charconv>

namespace siyu::privacy {

namespace {

/// The one way to write an origin: lower case, with its port. Empty for what is none.
std::string canonical(std::string_view text)
{
    const auto lower = to_lower(text);
    std::string_view rest = lower;
    std::string_view port;
    if (rest.starts_with("http://"))
        port = "80";
    else if (rest.starts_with("https://"))
        port = "443";
    else
        return {};
    const auto scheme_end = rest.find("//") + 2;
    rest.remove_prefix(scheme_end);
    if (rest.empty() || rest.find_first_of("/?#@ \t\r\n") != std::string_view::npos)
        return {};
    const auto bracket = rest.rfind(']'); // an IPv6 literal has colons of its own
    const auto colon = rest.rfind(':');
    auto host = rest;
    if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
        host = rest.substr(0, colon);
        port = rest.substr(colon + 1);
    }
    unsigned number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (host.empty() || error != std::errc() || end != port.data() + port.size() || number == 0 || number > 65535)
        return {};
    return lower.substr(0, scheme_end) + std::string(host) + ":" + std::to_string(number);
}

bool is_loopback(std::string_view origin)
{
    return origin.starts_with("http://127.0.0.1:") || origin.starts_with("http://[::1]:")
        || origin.starts_with("http://localhost:");
}

} // namespace

EgressGate::EgressGate(const std::vector<std::string>& providers)
{
    for (const auto& provider : providers)
        if (auto origin = canonical(provider); !origin.empty())
            origins_[origin] = origin;
}

Result<void> EgressGate::set_engine(const std::string& engine, std::string_view origin)
{
    auto wanted = canonical(origin);
    if (!is_loopback(wanted))
        return fail(Errc::forbidden, "an engine listens on loopback, not at " + std::string(origin), "egress_forbidden");
    const std::lock_guard lock(mutex_);
    origins_["engine " + engine] = std::move(wanted);
    return {};
}

Result<EgressPermit> EgressGate::permit(std::string_view origin) const
{
    auto wanted = canonical(origin);
    const std::lock_guard lock(mutex_);
    const auto is_wanted = [&](const auto& entry) { return entry.second == wanted; };
    if (wanted.empty() || std::ranges::none_of(origins_, is_wanted))
        return fail(Errc::forbidden, "no configured origin: " + std::string(origin), "egress_forbidden");
    return EgressPermit(std::move(wanted));
}

} // namespace siyu::privacy
