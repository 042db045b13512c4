#pragma once

#include "core/async/task.hpp"
#include "core/domain/egress_permit.hpp"
#include "io/net/abort.hpp"
#include "io/net/http_message.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace siyu::http {

/// How long each part may take.
struct ClientTimeouts {
    std::chrono::milliseconds connect{5000};
    std::chrono::milliseconds first_byte{180000}; ///< from the request's end to the response's header and first body byte
    std::chrono::milliseconds between_bytes{60000};
    std::chrono::milliseconds total{3600000};
};

struct ClientRequest {
    std::string method = "GET";
    std::string target = "/"; ///< path and query, encoded
    Headers headers; ///< Host, Content-Length and Connection are the client's
    std::string body;
    ClientTimeouts timeouts;
};

/// A response whose header has come. Closing it (or letting it go) before the end closes the connection, which tells the other
/// side to stop; read to the end, the connection returns to the pool. Lives on the thread that sent the request.
class ClientResponse {
public:
    virtual ~ClientResponse() = default;
    virtual int status() const = 0;
    virtual const Headers& headers() const = 0;
    /// The next piece of the body, as the network gave it; empty optional at the end. Errc::upstream when the body is cut,
    /// timeout, cancelled after `close`.
    virtual Task<Result<std::optional<std::string>>> read() = 0;
    /// All that is left; Errc::too_large beyond `bytes_max`.
    virtual Task<Result<std::string>> read_all(std::size_t bytes_max) = 0;
    virtual void close() = 0;
};

/// HTTP/1.1 client with a pool of idle connections per thread and origin. Follows no redirect, sends nothing that it was not
/// given. One object for all threads: each thread's io_context keeps its own pool.
class Client {
public:
    virtual ~Client() = default;
    /// Connects (or takes an idle connection; retries once on a fresh one if that had died unused), sends, and returns when the
    /// header has come. Errc::unavailable (cannot connect), timeout, upstream (not HTTP), cancelled (`abort`, which may be null
    /// and goes on holding for the response).
    virtual Task<Result<std::unique_ptr<ClientResponse>>> send(
        EgressPermit permit, ClientRequest request, std::shared_ptr<Abort> abort) = 0;
};

std::unique_ptr<Client> make_client();

} // namespace siyu::http
