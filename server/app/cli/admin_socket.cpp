#include "app/cli/admin_socket.hpp"

#include "app/cli/admin_messages.hpp"
#include "app/cli/socket_path.hpp"
#include "core/async/timer_wheel.hpp"
#include "core/base/json.hpp"
#include "core/crypto/secret_bytes.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <cerrno>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace siyu::cli {
namespace {

constexpr auto patience = std::chrono::seconds(5);

bool is_peer_trusted(int socket)
{
    ucred peer{};
    socklen_t size = sizeof(peer);
    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && (peer.uid == geteuid() || peer.uid == 0);
}

} // namespace

AdminSocket::AdminSocket(Executor executor, std::string path, AdminCommands& commands, observe::Log& log)
    : path_(std::move(path)),
      commands_(commands),
      log_(log),
      acceptor_(executor),
      tasks_(executor, [this](std::string_view task, std::string_view what) {
          log_.error("admin.failed", "an administrative command ended with a defect",
              {{observe::Key::task, task}, {observe::Key::error_message, what}});
      })
{
}

Result<void> AdminSocket::open()
{
    const auto path = SocketPath::open(path_);
    if (!path)
        return fail(path.error());
    unlink(path_.c_str()); // of a server that died: ours is the lock
    boost::system::error_code error;
    acceptor_.open(Protocol(), error);
    if (!error)
        acceptor_.bind(Protocol::endpoint(path->text()), error);
    // Until then the directory's mode keeps others out.
    if (!error && chmod(path_.c_str(), S_IRUSR | S_IWUSR) != 0)
        error.assign(errno, boost::system::system_category());
    if (!error)
        acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return fail(Errc::unavailable, "cannot listen on " + path_ + ": " + error.message());
    tasks_.spawn("admin socket", accept());
    return {};
}

Task<> AdminSocket::stop()
{
    if (acceptor_.is_open()) {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        unlink(path_.c_str());
    }
    co_await tasks_.drained();
}

Task<> AdminSocket::accept()
{
    while (acceptor_.is_open()) {
        Socket socket(acceptor_.get_executor());
        const auto [error] = co_await acceptor_.async_accept(socket, asio::as_tuple(use_task));
        if (error == asio::error::operation_aborted)
            co_return;
        if (error) {
            co_await async::sleep_for(std::chrono::milliseconds(100)); // out of descriptors, most likely
            continue;
        }
        if (is_peer_trusted(socket.native_handle()))
            tasks_.spawn("administrative command", serve(std::move(socket)));
    }
}

Task<> AdminSocket::serve(Socket socket)
{
    async::Timer timeout(async::timers_of(acceptor_.get_executor()), [&socket] {
        boost::system::error_code ignored;
        socket.close(ignored);
    });
    timeout.set(patience);
    std::string line;
    const auto [read_error, size] = co_await asio::async_read_until(
        socket, asio::dynamic_buffer(line, admin_line_bytes_max), '\n', asio::as_tuple(use_task));
    timeout.clear();
    if (read_error)
        co_return;
    auto request = read_admin_line(std::string_view(line).substr(0, size));
    crypto::wipe(line);
    auto answer = request ? co_await commands_.run(std::move(*request)) : Result<boost::json::object>(fail(request.error()));
    const auto text = write_admin_answer(answer);
    timeout.set(patience);
    co_await asio::async_write(socket, asio::buffer(text), asio::as_tuple(use_task));
}

} // namespace siyu::cli
