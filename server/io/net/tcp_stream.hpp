#pragma once

#include "io/net/byte_stream.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace siyu::net {

using TcpSocket = asio::basic_stream_socket<asio::ip::tcp, Executor>;

class TcpStream final : public ByteStream {
public:
    /// `socket` is connected. Switches Nagle's delay off.
    explicit TcpStream(TcpSocket socket);

    Outcome try_read(std::span<char> into) override;
    Outcome try_write(std::span<const std::string_view> pieces) override;
    void wait_readable(std::shared_ptr<StreamWaiter> waiter) override;
    void wait_writable(std::shared_ptr<StreamWaiter> waiter) override;
    void shutdown_write() override;
    void reset_on_close() override;
    void close() override;
    std::string peer_address() const override;
    Executor executor() const override { return executor_; }

private:
    void wait(TcpSocket::wait_type type, std::shared_ptr<StreamWaiter> waiter);

    Executor executor_;
    TcpSocket socket_;
};

} // namespace siyu::net
