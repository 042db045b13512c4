#pragma once

#include "io/net/client_call.hpp"
#include "io/net/http_client.hpp"
#include "io/net/response_check.hpp"
#include "io/net/wire.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace siyu::http {

/// The response whose head was read from `wire`; its body waits there.
std::unique_ptr<ClientResponse> make_response(std::string origin, std::shared_ptr<net::Wire> wire, ResponseHead head,
    std::shared_ptr<ClientCall> call, std::chrono::milliseconds between_bytes);

} // namespace siyu::http
