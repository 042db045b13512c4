#pragma once

#include "core/async/timer_wheel.hpp"
#include "io/net/websocket.hpp"
#include "io/net/websocket_frames.hpp"
#include "io/net/wire.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace siyu::net {

struct WebSocketLimits {
    std::size_t message_bytes_max;
    std::chrono::milliseconds ping_interval; ///< two of them without a byte from the client: it is gone
    std::chrono::milliseconds write_timeout;
};

/// The server's end of one WebSocket, after the handshake. Lives in the connection's frame, on its thread.
class WebSocketSession final : public WebSocket {
public:
    WebSocketSession(std::shared_ptr<Wire> wire, WebSocketLimits limits);

    Task<Result<std::optional<std::string>>> read() override;
    Task<Result<void>> write(std::string text) override;
    void close(int code, std::string reason) override;

    /// After the conversation: closes if nobody has, and waits a little for the other side to agree.
    Task<> finish();

private:
    void send_control(Opcode opcode, std::string_view payload);
    void on_ping_timer();
    Error broken(int code);

    std::shared_ptr<Wire> wire_;
    WebSocketLimits limits_;
    FrameReader frames_;
    std::string out_; // frames that wait for the one being sent
    bool is_sending_ = false;
    bool is_closing_ = false; // our close frame is out
    bool is_over_ = false; // nothing more will come
    bool was_heard_ = true; // since the last ping
    bool is_silent_ = false;
    async::Timer ping_timer_;
};

} // namespace siyu::net
