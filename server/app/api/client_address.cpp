#include "app/api/client_address.hpp"

#include "core/base/text.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace siyu::api {
namespace {

/// Sixteen octets whichever the family, so that one comparison serves both; the family tells them apart.
struct Octets {
    bool is_v4 = false;
    std::vector<std::uint8_t> bytes;
};

std::optional<Octets> parse(std::string_view text)
{
    boost::system::error_code failure;
    auto address = asio::ip::make_address(std::string(text), failure);
    if (failure)
        return std::nullopt;
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    if (address.is_v4()) {
        const auto bytes = address.to_v4().to_bytes();
        return Octets{true, {bytes.begin(), bytes.end()}};
    }
    const auto bytes = address.to_v6().to_bytes();
    return Octets{false, {bytes.begin(), bytes.end()}};
}

/// All fields of that name are one list (RFC 9110, 5.3): some proxies put a line of their own below the client's.
std::string forwarded_for(const http::Headers& headers)
{
    std::string list;
    for (const auto& [name, value] : headers.fields())
        if (equals_ignoring_case(name, "X-Forwarded-For"))
            list += (list.empty() ? "" : ", ") + value;
    return list;
}

} // namespace

bool is_in_network(std::string_view address, std::string_view network)
{
    const auto slash = network.find('/');
    const auto inside = parse(address);
    const auto base = parse(network.substr(0, slash));
    if (!inside || !base || inside->is_v4 != base->is_v4)
        return false;
    std::size_t bits = base->bytes.size() * 8;
    if (slash != std::string_view::npos) {
        const auto text = network.substr(slash + 1);
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), bits);
        if (failure != std::errc() || end != text.data() + text.size() || bits > base->bytes.size() * 8)
            return false;
    }
    for (std::size_t i = 0; i < base->bytes.size() && bits > 0; ++i) {
        const auto used = std::min<std::size_t>(bits, 8);
        const auto mask = static_cast<std::uint8_t>(0xff << (8 - used));
        if ((inside->bytes[i] & mask) != (base->bytes[i] & mask))
            return false;
        bits -= used;
    }
    return true;
}

bool is_from_this_machine(const http::Request& request, std::string_view address)
{
    const auto is_loopback = [](std::string_view one) {
        return is_in_network(one, "127.0.0.0/8") || is_in_network(one, "::1");
    };
    if (!is_loopback(address))
        return false;
    for (const auto* name : {"X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"})
        if (request.headers.has(name))
            return false;
    auto host = request.header("Host");
    if (host.starts_with('['))
        host = host.substr(1, host.find(']') - 1);
    else
        host = host.substr(0, host.find(':'));
    return host.empty() || equals_ignoring_case(host, "localhost") || is_loopback(host);
}

bool ClientAddress::is_trusted(std::string_view address) const
{
    return std::ranges::any_of(trusted_, [&](const auto& network) { return is_in_network(address, network); });
}

std::string ClientAddress::of(const http::Request& request) const
{
    if (trusted_.empty() || !is_trusted(request.peer_address))
        return request.peer_address;
    const auto list = forwarded_for(request.headers);
    std::string_view forwarded = list;
    while (!forwarded.empty()) {
        const auto comma = forwarded.rfind(',');
        const auto last = trim(comma == std::string_view::npos ? forwarded : forwarded.substr(comma + 1));
        if (!parse(last))
            break; // nothing that stands before it can be believed
        if (!is_trusted(last))
            return std::string(last);
        forwarded = comma == std::string_view::npos ? std::string_view() : forwarded.substr(0, comma);
    }
    return request.peer_address;
}

} // namespace siyu::api
