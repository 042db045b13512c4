#include "io/net/websocket_session.hpp"

#include <array>
#include <utility>

namespace siyu::net {

namespace {

constexpr std::size_t control_backlog_max = 64 * 1024; // answers to pings of a client that does not read
constexpr std::chrono::seconds close_time{2};

} // namespace

WebSocketSession::WebSocketSession(std::shared_ptr<Wire> wire, WebSocketLimits limits)
    : wire_(std::move(wire)),
      limits_(limits),
      frames_(limits.message_bytes_max),
      ping_timer_(async::timers_of(wire_->executor()), [this] { on_ping_timer(); })
{
    ping_timer_.set(limits_.ping_interval);
}

Task<Result<std::optional<std::string>>> WebSocketSession::read()
{
    while (!is_over_) {
        const auto step = frames_.feed(wire_->input());
        wire_->consume(step.consumed);
        if (step.status == FrameReader::Status::broken)
            co_return fail(broken(frames_.close_code()));
        if (step.status == FrameReader::Status::more) {
            const auto outcome = co_await wire_->fill();
            is_over_ = outcome != Wire::Fill::data;
            was_heard_ = true;
            continue;
        }
        auto& event = frames_.event();
        if (event.opcode == Opcode::text && !is_closing_)
            co_return std::move(event.payload);
        if (event.opcode == Opcode::ping && !is_closing_)
            send_control(Opcode::pong, event.payload);
        if (event.opcode == Opcode::close) {
            close(event.close_code == 1005 ? 1000 : event.close_code, {});
            is_over_ = true;
        }
    }
    if (is_silent_)
        co_return fail(Errc::timeout, "the client of the WebSocket fell silent");
    co_return std::nullopt;
}

Error WebSocketSession::broken(int code)
{
    close(code, {});
    is_over_ = true;
    return code == 1009 ? Error(Errc::too_large, "the WebSocket message is too long", "message_too_large")
                        : Error(Errc::invalid, "the WebSocket client broke the protocol", "bad_frame");
}

Task<Result<void>> WebSocketSession::write(std::string text)
{
    if (is_closing_ || wire_->is_cut())
        co_return fail(Errc::cancelled, "the WebSocket is closed");
    out_ += encode_frame(Opcode::text, text);
    is_sending_ = true;
    bool is_sent = true;
    while (is_sent && !out_.empty()) {
        const auto frames = std::exchange(out_, {});
        std::array<std::string_view, 1> pieces{frames};
        const auto sent = wire_->try_send(pieces);
        is_sent =
            sent == Wire::Sent::all || (sent == Wire::Sent::some && co_await wire_->send_rest(pieces, limits_.write_timeout));
    }
    is_sending_ = false;
    if (is_sent)
        co_return Result<void>();
    wire_->cut();
    co_return fail(Errc::cancelled, "the client of the WebSocket left or does not read");
}

void WebSocketSession::close(int code, std::string reason)
{
    if (std::exchange(is_closing_, true))
        return;
    ping_timer_.clear();
    send_control(Opcode::close, close_payload(code, reason));
    wire_->limit_reading(close_time);
}

// Control frames may not fall into the middle of another frame; what the stream does not take at once goes with the next.
void WebSocketSession::send_control(Opcode opcode, std::string_view payload)
{
    out_ += encode_frame(opcode, payload);
    if (out_.size() > control_backlog_max)
        return wire_->cut();
    if (is_sending_)
        return;
    std::array<std::string_view, 1> pieces{out_};
    wire_->try_send(pieces);
    out_.erase(0, out_.size() - pieces[0].size());
}

void WebSocketSession::on_ping_timer()
{
    if (!std::exchange(was_heard_, false)) {
        is_silent_ = true;
        return wire_->cut();
    }
    send_control(Opcode::ping, {});
    ping_timer_.set(limits_.ping_interval);
}

Task<> WebSocketSession::finish()
{
    close(1000, {});
    while (!is_over_) {
        const auto rest = co_await read();
        if (!rest)
            break;
    }
    co_await wire_->linger();
}

} // namespace siyu::net
