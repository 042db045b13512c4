#pragma once

#include "core/async/timer_wheel.hpp"
#include "io/net/header_check.hpp"
#include "io/net/http_message.hpp"
#include "io/net/http_server.hpp"
#include "io/net/response_writer.hpp"
#include "io/net/websocket_session.hpp"
#include "io/net/wire.hpp"

#include <memory>
#include <string>

namespace siyu::http {

/// One connection of the server, from its first byte to its last. Requests are read and answered strictly one after the other;
/// what a client sends ahead waits in the wire. Lives on one thread; the handler and the limits outlive it.
class Connection {
public:
    Connection(std::unique_ptr<net::ByteStream> stream, Handler& handler, const ServerLimits& limits);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Task<> run();
    /// Only says that there is no place for this client.
    Task<> run_refused();

    /// The request that runs is the last one; without one, the connection closes now.
    void finish_soon();
    void cut() { wire_->cut(); }

private:
    Task<bool> serve_one();
    Task<bool> read_head(RequestHeadReader& reader);
    Task<bool> read_body(RequestHead& head);
    Task<bool> handle(RequestHead& head);
    Task<bool> respond(Response response, bool is_head_request, int minor_version, bool keep_alive);
    Task<bool> stream_body(std::shared_ptr<BodySource> source, Delivery delivery);
    Task<bool> upgrade(Response response, std::string accept);
    Task<bool> refuse(const Request& head, Refusal refusal);
    Task<bool> send(std::span<std::string_view> pieces);
    void on_left();
    void flush_head();

    std::shared_ptr<net::Wire> wire_;
    Handler& handler_;
    const ServerLimits& limits_;
    std::string peer_;
    std::shared_ptr<Abort> left_; // of the request that runs
    std::shared_ptr<BodySource> source_; // of the response that is sent
    net::WebSocketSession* websocket_ = nullptr;
    std::string head_; // of the response that is sent
    std::string_view unsent_head_;
    async::Timer head_timer_;
    bool is_idle_ = true;
    bool is_last_ = false;
    bool is_first_ = true;
};

} // namespace siyu::http
