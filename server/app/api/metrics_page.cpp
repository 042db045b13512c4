#include "app/api/metrics_page.hpp"

namespace siyu::api {

http::Response metrics_answer(const observe::Metrics& metrics)
{
    http::Response response;
    response.headers.add("Content-Type", std::string(observe::Metrics::content_type));
    response.body = metrics.expose();
    return response;
}

Task<http::Response> MetricsPage::handle(http::Request request)
{
    if (request.path != "/metrics" || (request.method != "GET" && !request.is_head_only))
        co_return http::Response{.status = 404};
    co_return metrics_answer(metrics_);
}

} // namespace siyu::api
