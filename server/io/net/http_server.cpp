#include "io/net/http_server.hpp"

#include "io/net/http_connection.hpp"
#include "io/net/tcp_stream.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

#include <fmt/format.h>

#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <set>

namespace siyu::http {

using asio::ip::tcp;

namespace {

using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;

constexpr int backlog = 1024;
constexpr std::size_t refused_at_once_max = 64; // connections beyond the limit that are told so; more are just closed
constexpr std::chrono::milliseconds pause_without_files{100};
constexpr std::chrono::seconds end_after_cut{2}; // what a handler may take to notice that its client was cut

Result<tcp::endpoint> endpoint_of(std::string host, std::uint16_t port)
{
    if (host == "localhost")
        host = "127.0.0.1";
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    boost::system::error_code error;
    const auto address = asio::ip::make_address(host, error);
    if (error)
        return fail(Errc::invalid, fmt::format("\"{}\" is not an address to listen on: give an IPv4 or IPv6 address", host));
    return tcp::endpoint(address, port);
}

std::string sentence(const std::string& host, std::uint16_t port, const boost::system::error_code& error)
{
    const auto where =
        host.contains(':') && !host.starts_with('[') ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
    if (error == asio::error::address_in_use)
        return fmt::format("cannot listen on {}: another program listens there", where);
    if (error == asio::error::access_denied)
        return fmt::format("cannot listen on {}: this user may not take that port", where);
    return fmt::format("cannot listen on {}: {}", where, error.message());
}

} // namespace

/// The connections of one thread, touched on it alone.
struct Lane : std::enable_shared_from_this<Lane> {
    Lane(Executor executor, Handler& handler, const ServerLimits& limits, async::TaskGroup::Report report)
        : executor(executor), handler(handler), limits(limits), emptied(executor), tasks(executor, std::move(report))
    {
    }

    Executor executor;
    Handler& handler;
    ServerLimits limits;
    std::set<Connection*> connections;
    bool is_draining = false;
    async::Signal emptied;
    async::TaskGroup tasks;

    void adopt(net::TcpSocket socket, bool is_beyond_limit, std::shared_ptr<std::atomic<std::size_t>> count)
    {
        tasks.spawn("connection", serve(shared_from_this(), std::move(socket), is_beyond_limit, std::move(count)));
    }

    // Holds the lane: a server that is let go without a drain must not pull it away.
    static Task<> serve(std::shared_ptr<Lane> lane, net::TcpSocket socket, bool is_beyond_limit,
        std::shared_ptr<std::atomic<std::size_t>> count)
    {
        struct Entry {
            Lane& lane;
            Connection& connection;
            std::atomic<std::size_t>& count;
            Entry(Lane& l, Connection& c, std::atomic<std::size_t>& n) : lane(l), connection(c), count(n)
            {
                lane.connections.insert(&connection);
            }
            ~Entry()
            {
                lane.connections.erase(&connection);
                count.fetch_sub(1);
                if (lane.connections.empty())
                    lane.emptied.notify();
            }
        };
        Connection connection(std::make_unique<net::TcpStream>(std::move(socket)), lane->handler, lane->limits);
        const Entry entry(*lane, connection, *count);
        if (lane->is_draining)
            connection.finish_soon();
        if (is_beyond_limit)
            co_await connection.run_refused();
        else
            co_await connection.run();
    }

    void begin_drain()
    {
        is_draining = true;
        for (auto* connection : connections)
            connection->finish_soon();
    }

    void cut()
    {
        is_draining = true;
        for (auto* connection : connections)
            connection->cut();
    }

    static Task<> drained(std::shared_ptr<Lane> lane, std::chrono::steady_clock::time_point deadline)
    {
        co_await wait_until_empty(lane, deadline);
        lane->cut();
        co_await wait_until_empty(lane, std::chrono::steady_clock::now() + end_after_cut);
    }

    static Task<> wait_until_empty(std::shared_ptr<Lane> lane, std::chrono::steady_clock::time_point deadline)
    {
        while (!lane->connections.empty() && std::chrono::steady_clock::now() < deadline)
            co_await lane->emptied.wait_until(deadline);
    }
};

struct Server::State : std::enable_shared_from_this<Server::State> {
    State(async::Threads& threads, Handler& handler, ServerLimits limits, async::TaskGroup::Report report)
        : limits(limits), acceptor(threads.at(0)), tasks(threads.at(0), report)
    {
        for (std::size_t i = 0; i < threads.size(); ++i)
            lanes.push_back(std::make_shared<Lane>(threads.at(i), handler, limits, report));
    }

    ServerLimits limits;
    std::vector<std::shared_ptr<Lane>> lanes;
    std::shared_ptr<std::atomic<std::size_t>> count = std::make_shared<std::atomic<std::size_t>>(0);
    std::uint16_t port = 0;
    Acceptor acceptor; // on the first thread, as all below
    std::size_t next_lane = 0;
    async::TaskGroup tasks;

    static Task<> accept_all(std::shared_ptr<State> state);
    int accept_one();
    static Task<> close_acceptor(std::shared_ptr<State> state);
};

Task<> Server::State::accept_all(std::shared_ptr<State> state)
{
    boost::system::error_code error;
    while (state->acceptor.is_open()) {
        co_await state->acceptor.async_wait(Acceptor::wait_read, asio::redirect_error(use_task, error));
        if (error)
            co_return;
        int failure = 0;
        while (failure == 0)
            failure = state->accept_one();
        if (failure != EAGAIN)
            co_await async::sleep_for(pause_without_files); // it would be ready again at once, and fail again
    }
}

// Zero, or why there is none to accept.
int Server::State::accept_one()
{
    sockaddr_storage peer{};
    socklen_t peer_bytes = sizeof peer;
    const int descriptor =
        ::accept4(acceptor.native_handle(), reinterpret_cast<sockaddr*>(&peer), &peer_bytes, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (descriptor < 0)
        return errno == EINTR || errno == ECONNABORTED ? 0 : errno;
    const auto open = count->fetch_add(1) + 1;
    if (open > limits.connections_max + refused_at_once_max) {
        count->fetch_sub(1);
        ::close(descriptor);
        return 0;
    }
    auto lane = lanes[next_lane++ % lanes.size()];
    const auto protocol = peer.ss_family == AF_INET6 ? tcp::v6() : tcp::v4();
    net::TcpSocket socket(lane->executor, protocol, descriptor);
    asio::post(lane->executor,
        [lane, socket = std::move(socket), is_beyond_limit = open > limits.connections_max, count = count]() mutable {
            lane->adopt(std::move(socket), is_beyond_limit, std::move(count));
        });
    return 0;
}

Task<> Server::State::close_acceptor(std::shared_ptr<State> state)
{
    boost::system::error_code ignored;
    state->acceptor.close(ignored);
    co_await state->tasks.drained();
}

Server::Server(async::Threads& threads, Handler& handler, ServerLimits limits, async::TaskGroup::Report report)
    : state_(std::make_shared<State>(threads, handler, limits, std::move(report)))
{
}

Server::~Server()
{
    asio::post(state_->lanes.front()->executor, [state = state_] {
        boost::system::error_code ignored;
        state->acceptor.close(ignored);
    });
    for (const auto& lane : state_->lanes)
        asio::post(lane->executor, [lane] { lane->cut(); });
}

Result<void> Server::listen(const std::string& host, std::uint16_t port)
{
    const auto endpoint = endpoint_of(host, port);
    if (!endpoint)
        return fail(endpoint.error());
    auto& acceptor = state_->acceptor;
    boost::system::error_code error;
    acceptor.open(endpoint->protocol(), error);
    if (!error)
        acceptor.set_option(Acceptor::reuse_address(true), error);
    if (!error)
        acceptor.bind(*endpoint, error);
    if (!error)
        acceptor.listen(backlog, error);
    if (!error)
        acceptor.native_non_blocking(true, error);
    if (error) {
        boost::system::error_code ignored;
        acceptor.close(ignored);
        return fail(Errc::unavailable, sentence(host, port, error));
    }
    state_->port = acceptor.local_endpoint(error).port();
    asio::post(state_->lanes.front()->executor, [state = state_] { state->tasks.spawn("acceptor", State::accept_all(state)); });
    return {};
}

std::uint16_t Server::port() const
{
    return state_->port;
}

std::size_t Server::connections() const
{
    return state_->count->load();
}

Task<> Server::drain(std::chrono::steady_clock::duration patience)
{
    const auto state = state_;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    co_await asio::co_spawn(state->lanes.front()->executor, State::close_acceptor(state), use_task);
    for (const auto& lane : state->lanes)
        asio::post(lane->executor, [lane] { lane->begin_drain(); });
    for (const auto& lane : state->lanes)
        co_await asio::co_spawn(lane->executor, Lane::drained(lane, deadline), use_task);
}

} // namespace siyu::http
