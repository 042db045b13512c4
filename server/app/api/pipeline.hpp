#pragma once

#include "app/api/route.hpp"

namespace siyu::api {

/// What happens to every request, in one order. Thread-safe; outlives the server that calls it.
class Pipeline final : public http::Handler {
public:
    explicit Pipeline(Services& services);

    http::BodyLimits limits_for(const http::Request& head) override;
    Task<http::Response> handle(http::Request request) override;
    http::Response refuse(const http::Request& head, int status, std::string_view code) override;

private:
    struct Passage; // what the steps know of one request

    Task<http::Response> answer(Passage& passage);
    Task<Result<http::Response>> run_steps(Passage& passage);

    // The steps, in their order.
    Result<void> check_address_rate(Passage& passage);
    Result<void> check_origin(Passage& passage);
    Result<void> authenticate(Passage& passage);
    Result<void> authorise(Passage& passage);
    Result<void> check_user_rate(Passage& passage);
    Result<void> check_media_type(Passage& passage);

    /// Whether the head names somebody where the route asks for that.
    Result<void> check_sender(const http::Request& head) const;
    void add_common_headers(http::Response& response, std::string request_id) const;
    Result<void> admit_or_tell(Passage& passage, std::optional<std::chrono::milliseconds> wait);

    Task<Result<void>> record(
        Passage& passage, std::string action, audit::Recording recording, Outcome outcome, std::string reason);
    void log(const Passage& passage, int status, const Error* error);

    Services& services_;
    policy::RateLimiter address_rate_;
    policy::RateLimiter sign_in_rate_;
    policy::RateLimiter user_rate_;
    std::vector<observe::RouteMetrics*> metrics_; // by the route's place in the table
    observe::RouteMetrics& other_metrics_;
};

} // namespace siyu::api
