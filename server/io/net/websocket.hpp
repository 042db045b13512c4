#pragma once

#include "core/async/task.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace siyu::net {

/// One WebSocket (RFC 6455), server side, after the handshake. Answers pings, pings by itself, bounds message size. One
/// coroutine may read while one other writes.
class WebSocket {
public:
    virtual ~WebSocket() = default;
    /// The next text message; empty optional when the other side has closed. Errc::too_large, invalid (a broken frame,
    /// text that is not UTF-8, binary), timeout: the connection is closed with the fitting code.
    virtual Task<Result<std::optional<std::string>>> read() = 0;
    /// One text message.
    virtual Task<Result<void>> write(std::string text) = 0;
    /// Sends a close frame and ends a waiting `read`. Harmless when closed.
    virtual void close(int code, std::string reason) = 0;
};

} // namespace siyu::net
