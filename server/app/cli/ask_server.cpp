#include "app/cli/admin_messages.hpp"
#include "app/cli/admin_socket.hpp"
#include "app/cli/socket_path.hpp"
#include "core/crypto/secret_bytes.hpp"

#include <boost/json/serialize.hpp>

#include <array>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace siyu::cli {
namespace {

/// Two minutes: a password waits for its hash behind others.
constexpr timeval patience{120, 0};

class Connection {
public:
    Connection() : socket_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) { }
    ~Connection()
    {
        if (socket_ >= 0)
            close(socket_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    bool connect(const std::string& path) const
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (socket_ < 0 || path.size() >= sizeof(address.sun_path))
            return false;
        path.copy(address.sun_path, path.size());
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
        return ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    }
    bool send_all(std::string_view text) const
    {
        while (!text.empty()) {
            const auto sent = send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    std::string read_to_end() const
    {
        std::string out;
        std::array<char, 4'096> piece{};
        for (ssize_t size = 0; out.size() < admin_line_bytes_max && (size = recv(socket_, piece.data(), piece.size(), 0)) > 0;)
            out.append(piece.data(), static_cast<std::size_t>(size));
        return out;
    }

private:
    int socket_;
};

} // namespace

Result<boost::json::object> ask_server(const std::string& socket_path, const boost::json::object& request)
{
    const auto path = SocketPath::open(socket_path);
    const Connection connection;
    if (!path || !connection.connect(path->text()))
        return fail(Errc::unavailable, "no server listens on " + socket_path, "no_server");
    auto line = boost::json::serialize(request) + "\n";
    const bool is_sent = connection.send_all(line);
    crypto::wipe(line);
    const auto answer = is_sent ? connection.read_to_end() : std::string();
    if (!answer.ends_with('\n'))
        return fail(Errc::unavailable, "the server ended before it had answered; look whether the command was carried out");
    return read_admin_answer(answer);
}

} // namespace siyu::cli
