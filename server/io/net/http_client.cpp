#include "io/net/http_client.hpp"

#include "io/net/client_call.hpp"
#include "io/net/client_response.hpp"
#include "io/net/field.hpp"
#include "io/net/idle_pool.hpp"
#include "io/net/origin.hpp"
#include "io/net/response_check.hpp"
#include "io/net/tcp_stream.hpp"

#include "core/base/text.hpp"

#include <boost/asio/ip/basic_resolver.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>

#include <fmt/format.h>

#include <array>

namespace siyu::http {

using asio::ip::tcp;

namespace {

using Resolver = asio::ip::basic_resolver<tcp, Executor>;

struct Lookup {
    explicit Lookup(Executor executor) : resolver(executor) { }
    Resolver resolver;
    net::Parking<bool> waiting;
    boost::system::error_code error;
    std::vector<tcp::endpoint> endpoints;

    void wake()
    {
        if (waiting.is_taken())
            waiting.resume(true);
    }
};

Task<Result<std::vector<tcp::endpoint>>> resolve(ClientCall& call, const Origin& origin)
{
    boost::system::error_code error;
    if (const auto address = asio::ip::make_address(origin.host, error); !error)
        co_return std::vector{tcp::endpoint(address, origin.port)};
    const Executor executor = co_await asio::this_coro::executor;
    const auto lookup = std::make_shared<Lookup>(executor);
    // The system's resolver cannot be stopped: a call that is, walks away from it.
    call.waits([executor, lookup] { asio::post(executor, [lookup] { lookup->wake(); }); });
    co_await lookup->waiting.wait([lookup, &origin] {
        lookup->resolver.async_resolve(origin.host, std::to_string(origin.port),
            [lookup](const boost::system::error_code& failure, const Resolver::results_type& found) {
                lookup->error = failure;
                lookup->endpoints.assign(found.begin(), found.end());
                lookup->wake();
            });
    });
    if (call.is_stopped())
        co_return fail(call.error());
    if (lookup->error || lookup->endpoints.empty())
        co_return fail(Errc::unavailable,
            fmt::format("the host name \"{}\" cannot be resolved: {}", origin.host, lookup->error.message()), "unknown_host");
    co_return std::move(lookup->endpoints);
}

Task<Result<std::shared_ptr<net::Wire>>> connect(ClientCall& call, const Origin& origin, std::chrono::milliseconds patience)
{
    call.limit_step(patience, "connect_timeout", "the connection was not made in time");
    const auto endpoints = co_await resolve(call, origin);
    if (!endpoints)
        co_return fail(endpoints.error());
    boost::system::error_code error;
    for (const auto& endpoint : *endpoints) {
        net::TcpSocket socket(co_await asio::this_coro::executor);
        call.waits([&socket] {
            boost::system::error_code ignored;
            socket.close(ignored);
        });
        co_await socket.async_connect(endpoint, asio::redirect_error(use_task, error));
        call.waits(nullptr);
        if (call.is_stopped())
            co_return fail(call.error());
        if (!error)
            co_return std::make_shared<net::Wire>(std::make_unique<net::TcpStream>(std::move(socket)));
    }
    co_return fail(Errc::unavailable, fmt::format("cannot connect to {}: {}", origin.text, error.message()), "cannot_connect");
}

bool is_clients_own(std::string_view name)
{
    return equals_ignoring_case(name, "host") || equals_ignoring_case(name, "content-length")
        || equals_ignoring_case(name, "connection") || equals_ignoring_case(name, "transfer-encoding");
}

Result<std::string> head_of(const ClientRequest& request, const Origin& origin)
{
    const auto is_clean = [](std::string_view text, unsigned char least) {
        return std::ranges::all_of(text, [least](unsigned char c) { return (c >= least || c == '\t') && c != 0x7f; });
    };
    if (!is_token(request.method) || !request.target.starts_with('/') || request.target.contains('\t')
        || !is_clean(request.target, 0x21))
        return fail(Errc::invalid, "a method or target that cannot be sent");
    std::string head;
    head.reserve(512);
    head.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\nHost: ").append(origin.host_field);
    head += "\r\n";
    for (const auto& [name, value] : request.headers.fields()) {
        if (is_clients_own(name))
            continue;
        if (!is_token(name) || !is_clean(value, 0x20))
            return fail(Errc::invalid, "a header field that cannot be sent: " + name);
        head.append(name).append(": ").append(value).append("\r\n");
    }
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH")
        fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", request.body.size());
    return head += "\r\n";
}

class PoolingClient final : public Client {
public:
    Task<Result<std::unique_ptr<ClientResponse>>> send(
        EgressPermit permit, ClientRequest request, std::shared_ptr<Abort> abort) override;

private:
    struct Answer {
        ResponseHead head;
        bool was_dead = false; // the connection had ended before the request reached anybody
    };
    static Task<Result<Answer>> exchange(
        ClientCall& call, std::shared_ptr<net::Wire> wire, const ClientRequest& request, std::string_view head);
};

Task<Result<std::unique_ptr<ClientResponse>>> PoolingClient::send(
    EgressPermit permit, ClientRequest request, std::shared_ptr<Abort> abort)
{
    const auto origin = parse_origin(permit.origin());
    if (!origin)
        co_return fail(origin.error());
    const auto head = head_of(request, *origin);
    if (!head)
        co_return fail(head.error());
    const Executor executor = co_await asio::this_coro::executor;
    auto& pool = IdlePool::of(executor);
    auto call = std::make_shared<ClientCall>(executor, std::move(abort), request.timeouts.total);
    for (auto wire = pool.take(origin->text);; wire = nullptr) {
        const bool is_reused = wire != nullptr;
        if (call->is_stopped())
            co_return fail(call->error());
        if (!wire) {
            auto connected = co_await connect(*call, *origin, request.timeouts.connect);
            if (!connected)
                co_return fail(connected.error());
            wire = std::move(*connected);
        }
        auto answer = co_await exchange(*call, wire, request, *head);
        if (answer && !answer->was_dead)
            co_return make_response(
                origin->text, std::move(wire), std::move(answer->head), std::move(call), request.timeouts.between_bytes);
        wire->cut();
        if (!answer)
            co_return fail(answer.error());
        if (!is_reused)
            co_return fail(
                Errc::upstream, fmt::format("{} closed the connection without an answer", origin->text), "no_answer");
    }
}

Task<Result<PoolingClient::Answer>> PoolingClient::exchange(
    ClientCall& call, std::shared_ptr<net::Wire> wire, const ClientRequest& request, std::string_view head)
{
    // Nothing below holds the wire by itself when the call is stopped: the cut ends every wait.
    call.waits([raw = wire.get()] { raw->cut(); });
    call.unlimit_step();
    std::array<std::string_view, 2> pieces{head, request.body};
    // When sending fails there may still be an answer: "too large", and closed.
    if (wire->try_send(pieces) == net::Wire::Sent::some)
        co_await wire->send_rest(pieces, request.timeouts.between_bytes);
    call.limit_step(request.timeouts.first_byte, "first_byte_timeout", "nothing came in answer in time");
    ResponseHeadReader reader({}, request.method == "HEAD");
    bool has_begun = false;
    while (true) {
        has_begun = has_begun || !wire->input().empty();
        const auto step = reader.feed(wire->input());
        wire->consume(step.consumed);
        if (step.status == ResponseHeadReader::Status::done)
            co_return Answer{std::move(reader.head())};
        if (step.status == ResponseHeadReader::Status::refused)
            co_return fail(Errc::upstream, "the answer is not well-formed HTTP", "bad_answer");
        if (co_await wire->fill() == net::Wire::Fill::data)
            continue;
        if (call.is_stopped())
            co_return fail(call.error());
        if (has_begun)
            co_return fail(Errc::upstream, "the answer ends in its header", "cut");
        co_return Answer{.was_dead = true};
    }
}

} // namespace

std::unique_ptr<Client> make_client()
{
    return std::make_unique<PoolingClient>();
}

} // namespace siyu::http
