#include "app/api/event_socket.hpp"
#include "app/api/handlers.hpp"
#include "core/base/text.hpp"

#include <boost/asio/this_coro.hpp>

namespace siyu::api {
namespace {

/// By value: the request's frame has gone when the conversation runs.
Task<> converse(Services& services, net::WebSocket& socket, chat::Asker asker, Locale locale)
{
    EventSocket events(services, socket, co_await asio::this_coro::executor, std::move(asker), locale);
    co_await events.run();
}

} // namespace

Task<Result<http::Response>> open_events(Services& services, Context& context)
{
    if (!equals_ignoring_case(context.request.header("Upgrade"), "websocket"))
        co_return fail(Errc::invalid, "no upgrade", "websocket_needed");
    http::Response response;
    response.status = 101;
    response.on_upgrade = [&services, asker = context.asker(), locale = context.locale](
                              net::WebSocket& socket) { return converse(services, socket, asker, locale); };
    co_return response;
}

} // namespace siyu::api
