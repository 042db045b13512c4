#pragma once

#include "core/async/task.hpp"
#include "io/net/abort.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace siyu::net {
class WebSocket;
}

namespace siyu::http {

/// Header fields in their order. Names compare without regard to case.
class Headers {
public:
    using Field = std::pair<std::string, std::string>;

    void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
    /// Replaces every field of that name.
    void reserve(std::size_t count) { fields_.reserve(count); }
    void set(std::string_view name, std::string value);
    void remove(std::string_view name);
    /// The first field's value; empty view when absent.
    std::string_view find(std::string_view name) const;
    bool has(std::string_view name) const;
    const std::vector<Field>& fields() const { return fields_; }

private:
    std::vector<Field> fields_;
};

/// A request within limits: the server has read all of its body.
struct Request {
    std::string method; ///< upper case
    std::string path; ///< percent-encoding undone, without dot segments; starts with '/'
    std::string query; ///< after '?', still encoded
    Headers headers;
    std::string body;
    std::string peer_address; ///< the socket's other end: "127.0.0.1", "::1"
    bool is_head_only = false;
    /// Triggered when the client leaves before its answer is complete: hand it on to what should stop then.
    std::shared_ptr<Abort> left;

    std::string_view header(std::string_view name) const { return headers.find(name); }
};

/// One value of a query string or form, decoded; nullopt when absent or malformed.
std::optional<std::string> query_value(std::string_view query, std::string_view name);

/// A body that comes piece by piece. The server pulls: `next` is called when the piece before has been handed to the socket, so
/// a slow reader holds back nothing but itself. All calls come on the connection's thread. The header leaves with the first
/// piece, or alone when that takes its time.
class BodySource {
public:
    virtual ~BodySource() = default;
    /// The next piece, empty optional at the end. May wait. An error cuts the connection, so that the reader cannot take what
    /// came for the whole.
    virtual Task<Result<std::optional<std::string>>> next() = 0;
    /// The client has left: a waiting `next` returns soon, and its result is dropped.
    virtual void abandon() = 0;
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    std::string_view static_body; ///< instead of `body`: bytes that live as long as the program (assets)
    std::shared_ptr<BodySource> source; ///< instead of `body`: chunked, each piece sent at once
    /// After the 101: runs the WebSocket conversation. The connection closes when it returns.
    std::function<Task<>(net::WebSocket&)> on_upgrade;
};

/// What the server asks before it reads a body.
struct BodyLimits {
    std::size_t bytes_max = 0;
};

/// The application, as the server sees it. Called on the connection's thread; outlives the server.
class Handler {
public:
    virtual ~Handler() = default;
    /// From method and path alone, before the body is read.
    virtual BodyLimits limits_for(const Request& head) = 0;
    /// Never throws.
    virtual Task<Response> handle(Request request) = 0;
    /// The answer to what the server itself turns down; the connection closes after it. `head` holds what was understood of the
    /// request, perhaps nothing; `code` is a stable name ("malformed_request", "body_too_large", …). A small problem
    /// (RFC 9457) in English unless overridden.
    virtual Response refuse(const Request& head, int status, std::string_view code);
};

} // namespace siyu::http
