#include "io/net/tcp_stream.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>

namespace siyu::net {

namespace {

constexpr std::size_t pieces_max = 8; // of one system call

// Says so when Asio lets it go uncalled: the loop is being torn down.
struct WaitHandler {
    std::shared_ptr<StreamWaiter> waiter;
    TcpSocket::wait_type type;

    WaitHandler(std::shared_ptr<StreamWaiter> w, TcpSocket::wait_type t) : waiter(std::move(w)), type(t) { }
    WaitHandler(WaitHandler&&) = default;
    ~WaitHandler()
    {
        if (waiter)
            waiter->dropped();
    }

    void operator()(boost::system::error_code error)
    {
        const auto called = std::move(waiter);
        if (type == TcpSocket::wait_read)
            called->readable(!error);
        else
            called->writable(!error);
    }
};

} // namespace

TcpStream::TcpStream(TcpSocket socket) : executor_(socket.get_executor()), socket_(std::move(socket))
{
    boost::system::error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

ByteStream::Outcome TcpStream::try_read(std::span<char> into)
{
    while (true) {
        const auto count = ::recv(socket_.native_handle(), into.data(), into.size(), MSG_DONTWAIT);
        if (count > 0)
            return {Status::done, static_cast<std::size_t>(count)};
        if (count == 0)
            return {Status::end, 0};
        if (errno != EINTR)
            return {errno == EAGAIN || errno == EWOULDBLOCK ? Status::wait_readable : Status::failed, 0};
    }
}

ByteStream::Outcome TcpStream::try_write(std::span<const std::string_view> pieces)
{
    std::array<iovec, pieces_max> vectors;
    const auto count = std::min(pieces.size(), vectors.size());
    for (std::size_t i = 0; i < count; ++i)
        vectors[i] = {const_cast<char*>(pieces[i].data()), pieces[i].size()};
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = count;
    while (true) {
        const auto sent = ::sendmsg(socket_.native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0)
            return {Status::done, static_cast<std::size_t>(sent)};
        if (errno != EINTR)
            return {errno == EAGAIN || errno == EWOULDBLOCK ? Status::wait_writable : Status::failed, 0};
    }
}

void TcpStream::wait(TcpSocket::wait_type type, std::shared_ptr<StreamWaiter> waiter)
{
    socket_.async_wait(type, WaitHandler(std::move(waiter), type));
}

void TcpStream::wait_readable(std::shared_ptr<StreamWaiter> waiter)
{
    wait(TcpSocket::wait_read, std::move(waiter));
}

void TcpStream::wait_writable(std::shared_ptr<StreamWaiter> waiter)
{
    wait(TcpSocket::wait_write, std::move(waiter));
}

void TcpStream::shutdown_write()
{
    boost::system::error_code ignored;
    socket_.shutdown(TcpSocket::shutdown_send, ignored);
}

void TcpStream::reset_on_close()
{
    boost::system::error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
}

void TcpStream::close()
{
    boost::system::error_code ignored;
    socket_.close(ignored);
}

std::string TcpStream::peer_address() const
{
    boost::system::error_code error;
    const auto peer = socket_.remote_endpoint(error);
    if (error)
        return {};
    auto address = peer.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    return address.to_string();
}

} // namespace siyu::net
