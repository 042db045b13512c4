#include "app/api/answers.hpp"
#include "app/api/handlers.hpp"
#include "app/api/metrics_page.hpp"

namespace siyu::api {

/// The process answers: nothing else is asked.
Task<Result<http::Response>> health_live(Services&, Context&)
{
    co_return json_answer(200, {{"status", "live"}});
}

/// Whether people can be sent here. Models do not count: a page that says so is better than none.
Task<Result<http::Response>> health_ready(Services& services, Context&)
{
    if (!services.is_ready())
        co_return fail(Errc::unavailable, "starting or stopping");
    co_return json_answer(200, {{"status", "ready"}});
}

Task<Result<http::Response>> read_metrics(Services& services, Context& context)
{
    if (!services.settings.shows_metrics || !is_from_this_machine(context.request, context.client_address))
        co_return fail(Errc::not_found, "metrics are for loopback callers, or have a listener of their own");
    co_return metrics_answer(services.metrics);
}

} // namespace siyu::api
