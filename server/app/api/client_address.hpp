#pragma once

#include "io/net/http_message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace siyu::api {

/// Whose request it is: the socket's other end, or, when that is a trusted proxy, the last address of X-Forwarded-For that is
/// not one itself.
class ClientAddress {
public:
    /// Addresses and networks ("10.0.0.0/8"), which `config` has checked.
    explicit ClientAddress(std::vector<std::string> trusted_proxies) : trusted_(std::move(trusted_proxies)) { }

    std::string of(const http::Request& request) const;

private:
    bool is_trusted(std::string_view address) const;

    std::vector<std::string> trusted_;
};

/// Whether `address` lies in `network` (an address, or address/bits). False for anything malformed.
bool is_in_network(std::string_view address, std::string_view network);

/// Whether a program on this machine asked for itself. A proxy here calls from loopback too, for anybody, and so does a page
/// whose name was pointed at loopback: the fields that proxies add and the host that was asked for give both away.
bool is_from_this_machine(const http::Request& request, std::string_view address);

} // namespace siyu::api
