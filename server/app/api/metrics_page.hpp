#pragma once

#include "core/observe/metrics.hpp"
#include "io/net/http_message.hpp"

namespace siyu::api {

/// /metrics on a listener of its own, for a scraper on another machine: nothing else is there.
class MetricsPage final : public http::Handler {
public:
    explicit MetricsPage(const observe::Metrics& metrics) : metrics_(metrics) { }
    http::BodyLimits limits_for(const http::Request&) override { return {0}; }
    Task<http::Response> handle(http::Request request) override;

private:
    const observe::Metrics& metrics_;
};

http::Response metrics_answer(const observe::Metrics& metrics);

} // namespace siyu::api
