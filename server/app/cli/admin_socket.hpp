#pragma once

#include "app/cli/admin_commands.hpp"
#include "core/async/task_group.hpp"
#include "core/observe/log.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <string>

namespace siyu::cli {

/// The server's side of data/admin.sock (mode 0600, and the peer's user must be ours or root): one JSON line in, one out, then
/// closed. Lives on one thread; the owner awaits `stop` before it goes.
///
///   request  = object LF                        at most 64 KiB, within 5 s
///   response = {"ok": object} LF | {"error": {"code", "reason", "detail", "field"}} LF
class AdminSocket {
public:
    AdminSocket(Executor executor, std::string path, AdminCommands& commands, observe::Log& log);

    /// Takes over the path of a server that died. Errc::unavailable with a sentence when it cannot listen.
    Result<void> open();
    Task<> stop();

private:
    using Protocol = asio::local::stream_protocol;
    using Acceptor = asio::basic_socket_acceptor<Protocol, Executor>;
    using Socket = asio::basic_stream_socket<Protocol, Executor>;

    Task<> accept();
    Task<> serve(Socket socket);

    std::string path_;
    AdminCommands& commands_;
    observe::Log& log_;
    Acceptor acceptor_;
    async::TaskGroup tasks_;
};

/// The client's side, blocking: sends one request and reads the answer. Errc::unavailable when no server listens there.
Result<boost::json::object> ask_server(const std::string& socket_path, const boost::json::object& request);

} // namespace siyu::cli
