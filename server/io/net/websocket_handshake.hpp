#pragma once

#include "io/net/http_message.hpp"

#include <string>

namespace siyu::http {

/// What a request to change to the WebSocket protocol is answered with (RFC 6455, 4.2).
struct WebSocketHandshake {
    int refusal = 0; ///< the status that turns it down; 0: `accept` is good
    std::string accept; ///< the value of Sec-WebSocket-Accept
};
WebSocketHandshake check_handshake(const Request& request);

} // namespace siyu::http
