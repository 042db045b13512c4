#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace siyu::net {

/// A blocking socket that sends what it is told. Reads give up after ten seconds.
class RawClient {
public:
    explicit RawClient(std::uint16_t port, int receive_buffer = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        const timeval patience{10, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (receive_buffer > 0)
            ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot connect");
    }
    ~RawClient() { leave(); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    /// False when the connection is broken.
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// What comes until it contains `mark` (and what came with it), or the end.
    std::string read_until(std::string_view mark)
    {
        while (!input_.contains(mark) && fill()) { }
        const auto end = input_.find(mark);
        const auto bytes = end == std::string::npos ? input_.size() : end + mark.size();
        auto text = input_.substr(0, bytes);
        input_.erase(0, bytes);
        return text;
    }

    /// Everything up to the end of the connection.
    std::string read_all()
    {
        while (fill()) { }
        return std::exchange(input_, {});
    }

    std::string read_bytes(std::size_t count)
    {
        while (input_.size() < count && fill()) { }
        auto text = input_.substr(0, count);
        input_.erase(0, text.size());
        return text;
    }

    /// True when the other side has ended, orderly or not, and nothing is left to read.
    bool is_ended() { return input_.empty() && !fill(); }
    bool was_reset() const { return was_reset_; }

    void shutdown_write() { ::shutdown(socket_, SHUT_WR); }
    void leave()
    {
        if (socket_ >= 0)
            ::close(std::exchange(socket_, -1));
    }

private:
    bool fill()
    {
        char buffer[16384];
        const auto count = ::recv(socket_, buffer, sizeof buffer, 0);
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            throw std::runtime_error("nothing came for ten seconds");
        was_reset_ = count < 0;
        if (count <= 0)
            return false;
        input_.append(buffer, static_cast<std::size_t>(count));
        return true;
    }

    int socket_;
    std::string input_;
    bool was_reset_ = false;
};

} // namespace siyu::net
