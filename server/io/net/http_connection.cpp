#include "io/net/http_connection.hpp"

#include "io/net/chunked.hpp"
#include "io/net/field.hpp"
#include "io/net/websocket_handshake.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace siyu::http {

namespace {

// How long the head of a stream waits for the first piece, to leave with it in one packet.
constexpr std::chrono::milliseconds head_wait{60};
constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view last_chunk = "0\r\n\r\n";
constexpr Refusal body_too_large{413, "body_too_large"};
constexpr Refusal request_timeout{408, "request_timeout"};

} // namespace

Connection::Connection(std::unique_ptr<net::ByteStream> stream, Handler& handler, const ServerLimits& limits)
    : wire_(std::make_shared<net::Wire>(std::move(stream))),
      handler_(handler),
      limits_(limits),
      peer_(wire_->peer_address()),
      head_timer_(async::timers_of(wire_->executor()), [this] { flush_head(); })
{
}

Connection::~Connection()
{
    wire_->unwatch();
    wire_->cut();
}

Task<> Connection::run()
{
    while (co_await serve_one()) { }
}

Task<> Connection::run_refused()
{
    co_await refuse({}, {503, "too_many_connections"});
}

void Connection::finish_soon()
{
    is_last_ = true;
    if (websocket_)
        websocket_->close(1001, "the server stops");
    else if (is_idle_)
        wire_->cut();
}

// False: the connection is at its end.
Task<bool> Connection::serve_one()
{
    RequestHeadReader reader(limits_.header);
    if (is_last_ || !co_await read_head(reader))
        co_return false;
    auto& head = reader.head();
    if (head.framing != Framing::none && !co_await read_body(head))
        co_return false;
    wire_->unlimit_reading();
    co_return co_await handle(head);
}

Task<bool> Connection::read_head(RequestHeadReader& reader)
{
    is_idle_ = true;
    wire_->limit_reading(std::exchange(is_first_, false) ? limits_.header_timeout : limits_.idle_timeout);
    while (true) {
        const auto step = reader.feed(wire_->input());
        wire_->consume(step.consumed);
        if (step.status == RequestHeadReader::Status::refused) {
            is_idle_ = false;
            co_return co_await refuse(reader.head().request, reader.refusal());
        }
        const bool begins = reader.has_begun() && std::exchange(is_idle_, false);
        if (step.status == RequestHeadReader::Status::done)
            co_return true;
        if (begins)
            wire_->limit_reading(limits_.header_timeout);
        const auto outcome = co_await wire_->fill();
        if (outcome == net::Wire::Fill::timeout && !is_idle_)
            co_return co_await refuse(reader.head().request, request_timeout);
        if (outcome != net::Wire::Fill::data)
            co_return false;
    }
}

Task<bool> Connection::read_body(RequestHead& head)
{
    auto& request = head.request;
    const auto bytes_max = handler_.limits_for(request).bytes_max;
    const bool has_length = head.framing == Framing::length;
    if (has_length && head.content_length > bytes_max)
        co_return co_await refuse(request, body_too_large);
    if (head.expects_continue && wire_->input().empty() && !(has_length && head.content_length == 0)) {
        std::array<std::string_view, 1> pieces{continue_line};
        if (!co_await send(pieces))
            co_return false;
    }
    if (has_length)
        request.body.reserve(head.content_length);
    ChunkedReader chunks(bytes_max);
    wire_->limit_reading(limits_.body_timeout);
    std::size_t counted = 0; // of the body, when the time limit was set
    while (true) {
        const auto input = wire_->input();
        if (has_length) {
            const auto piece = input.substr(0, head.content_length - request.body.size());
            request.body += piece;
            wire_->consume(piece.size());
            if (request.body.size() == head.content_length)
                co_return true;
        } else {
            const auto step = chunks.feed(input, request.body);
            wire_->consume(step.consumed);
            if (step.status == ChunkedReader::Status::done)
                co_return true;
            if (step.status != ChunkedReader::Status::more)
                co_return co_await refuse(request, step.status == ChunkedReader::Status::bad ? malformed : body_too_large);
        }
        if (request.body.size() >= counted + limits_.body_bytes_min) {
            counted = request.body.size();
            wire_->limit_reading(limits_.body_timeout);
        }
        const auto outcome = co_await wire_->fill();
        if (outcome == net::Wire::Fill::timeout)
            co_return co_await refuse(request, request_timeout);
        if (outcome != net::Wire::Fill::data)
            co_return false;
    }
}

Task<bool> Connection::handle(RequestHead& head)
{
    auto& request = head.request;
    request.peer_address = peer_;
    request.left = left_ = std::make_shared<Abort>();
    const bool is_head_request = request.is_head_only;
    WebSocketHandshake handshake{426, {}};
    if (request.headers.has("upgrade") && head.minor_version == 1)
        handshake = check_handshake(request);
    wire_->watch([this] { on_left(); });
    auto response = co_await handler_.handle(std::move(request));
    if (response.on_upgrade) {
        wire_->unwatch();
        if (handshake.refusal != 0)
            co_return co_await refuse(request, {handshake.refusal, "bad_handshake"});
        co_return co_await upgrade(std::move(response), std::move(handshake.accept));
    }
    const bool keep_alive = head.keep_alive && !is_last_ && !has_element(response.headers, "connection", "close");
    const bool goes_on = co_await respond(std::move(response), is_head_request, head.minor_version, keep_alive);
    wire_->unwatch();
    if (goes_on && keep_alive)
        co_return true;
    if (goes_on)
        co_await wire_->linger();
    co_return false;
}

void Connection::on_left()
{
    left_->trigger();
    if (source_)
        source_->abandon();
}

// True when all of the response was sent.
Task<bool> Connection::respond(Response response, bool is_head_request, int minor_version, bool keep_alive)
{
    const auto delivery = delivery_of(response, is_head_request, minor_version);
    if (!write_head(head_, response, delivery, keep_alive)) {
        if (response.source)
            response.source->abandon();
        co_return co_await refuse({}, {500, "internal"});
    }
    if (response.source && delivery != Delivery::no_body)
        co_return co_await stream_body(std::move(response.source), delivery);
    if (response.source)
        response.source->abandon();
    const std::string_view body = response.static_body.empty() ? std::string_view(response.body) : response.static_body;
    std::array<std::string_view, 2> pieces{head_, delivery == Delivery::whole ? body : std::string_view()};
    co_return co_await send(pieces);
}

Task<bool> Connection::stream_body(std::shared_ptr<BodySource> source, Delivery delivery)
{
    source_ = source;
    unsent_head_ = head_;
    head_timer_.set(head_wait);
    if (left_->is_triggered())
        source->abandon();
    bool is_sent = true;
    bool is_whole = false;
    while (is_sent && !is_whole) {
        const auto piece = co_await source->next();
        if (!piece || left_->is_triggered())
            break;
        is_whole = !piece->has_value();
        if (!is_whole && (*piece)->empty())
            continue;
        head_timer_.clear();
        std::array<char, 20> size_line;
        std::array<std::string_view, 4> pieces{unsent_head_};
        if (is_whole) {
            pieces[1] = delivery == Delivery::chunked ? last_chunk : std::string_view();
        } else {
            pieces[2] = **piece;
            if (delivery == Delivery::chunked) {
                const auto end = fmt::format_to_n(size_line.data(), size_line.size(), "{:x}\r\n", (*piece)->size());
                pieces[1] = {size_line.data(), end.size};
                pieces[3] = "\r\n";
            }
        }
        is_sent = co_await send(pieces);
        unsent_head_ = {};
    }
    head_timer_.clear();
    source_.reset();
    if (!is_whole && delivery == Delivery::until_close)
        wire_->reset(); // an orderly end would make what came look like all
    co_return is_sent&& is_whole;
}

void Connection::flush_head()
{
    std::array<std::string_view, 1> pieces{unsent_head_};
    wire_->try_send(pieces);
    unsent_head_ = pieces[0];
}

Task<bool> Connection::upgrade(Response response, std::string accept)
{
    response.status = 101;
    response.headers.set("Upgrade", "websocket");
    response.headers.set("Sec-WebSocket-Accept", std::move(accept));
    write_head(head_, response, Delivery::no_body, true);
    head_.insert(head_.size() - 2, "Connection: Upgrade\r\n");
    std::array<std::string_view, 1> pieces{head_};
    if (!co_await send(pieces))
        co_return false;
    net::WebSocketSession session(wire_, {limits_.message_bytes_max, limits_.ping_interval, limits_.write_timeout});
    websocket_ = &session;
    if (is_last_)
        session.close(1001, "the server stops");
    co_await response.on_upgrade(session);
    co_await session.finish();
    websocket_ = nullptr;
    co_return false;
}

// Always false: after a request that was turned down, nobody knows where the next one begins.
Task<bool> Connection::refuse(const Request& head, Refusal refusal)
{
    auto response = handler_.refuse(head, refusal.status, refusal.code);
    if (refusal.status == 426) { // RFC 9110, 15.5.22 and RFC 6455, 4.4: says what would be taken
        response.headers.set("Upgrade", "websocket");
        response.headers.set("Sec-WebSocket-Version", "13");
    }
    if (!write_head(head_, response, Delivery::whole, false))
        co_return false;
    std::array<std::string_view, 2> pieces{head_, head.is_head_only ? std::string_view() : std::string_view(response.body)};
    if (co_await send(pieces))
        co_await wire_->linger();
    co_return false;
}

Task<bool> Connection::send(std::span<std::string_view> pieces)
{
    switch (wire_->try_send(pieces)) {
    case net::Wire::Sent::all: return net::at_once(true);
    case net::Wire::Sent::failed: return net::at_once(false);
    case net::Wire::Sent::some: return wire_->send_rest(pieces, limits_.write_timeout);
    }
}

} // namespace siyu::http
