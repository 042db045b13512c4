#pragma once

#include "core/async/task_group.hpp"
#include "core/async/threads.hpp"
#include "io/net/header_limits.hpp"
#include "io/net/http_message.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace siyu::http {

struct ServerLimits {
    HeaderLimits header;
    std::size_t connections_max = 10'000; ///< beyond: 503 and closed
    std::chrono::milliseconds header_timeout{15'000}; ///< from the first byte of a request to the end of its header
    std::chrono::milliseconds body_timeout{30'000}; ///< in which `body_bytes_min` more must have come
    std::size_t body_bytes_min = 16 * 1024;
    std::chrono::milliseconds idle_timeout{75'000}; ///< between requests
    std::chrono::milliseconds write_timeout{30'000}; ///< in which the reader must take something
    std::size_t message_bytes_max = 256 * 1024; ///< of one WebSocket message
    std::chrono::milliseconds ping_interval{30'000}; ///< a WebSocket that is silent for two of them is closed
};

/// HTTP/1.1 and WebSocket server. One acceptor hands the connections to the threads in turn; each stays on its thread. Await
/// `drain` before it goes; the threads and the handler outlive it.
class Server {
public:
    Server(async::Threads& threads, Handler& handler, ServerLimits limits, async::TaskGroup::Report report);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// `host` is an IPv4 or IPv6 literal or "localhost"; port 0 takes a free one. The error's detail is a sentence that names
    /// the address. Once.
    Result<void> listen(const std::string& host, std::uint16_t port);
    /// The port that is listened on.
    std::uint16_t port() const;

    /// Accepts no more, closes idle connections, lets requests that run finish; after `patience` cuts what is left.
    /// May be awaited on any thread.
    Task<> drain(std::chrono::steady_clock::duration patience);

    /// Thread-safe; for metrics.
    std::size_t connections() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace siyu::http
