#include "app/api/pipeline.hpp"

#include "app/api/openai_error.hpp"
#include "app/api/origin.hpp"
#include "app/api/problem.hpp"
#include "core/base/text.hpp"
#include "core/observe/trace.hpp"
#include "trust/policy/decide.hpp"

#include <boost/asio/this_coro.hpp>

namespace siyu::api {
namespace {

constexpr std::size_t rate_keys_max = 100'000;
constexpr std::size_t body_max_without_route = 16 * 1024;

bool is_gateway(std::string_view path)
{
    return path.starts_with("/v1/");
}

bool changes_something(std::string_view method)
{
    return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

/// In the shape that callers of this address understand.
http::Response refusal(std::string_view path, const Error& error, Locale locale, std::optional<int> status = std::nullopt)
{
    return is_gateway(path) ? openai_error(error, locale, status) : problem(error, locale, status);
}

bool is_page(const http::Request& request)
{
    return (request.method == "GET" || request.method == "HEAD") && !request.path.starts_with("/api/")
        && !is_gateway(request.path) && !request.path.starts_with("/health/") && request.path != "/metrics";
}

} // namespace

struct Pipeline::Passage {
    Context context;
    const Route* route = nullptr;
    observe::RouteMetrics* metrics = nullptr;
    observe::Trace trace;
    std::optional<std::chrono::seconds> retry_after; ///< a rate limit that this request met
    std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
};

Pipeline::Pipeline(Services& services)
    : services_(services),
      address_rate_(services.settings.address_rate, rate_keys_max),
      sign_in_rate_(services.settings.sign_in_rate, rate_keys_max),
      user_rate_(services.settings.user_rate, rate_keys_max),
      other_metrics_(services.metrics.route("*", "other"))
{
    for (const auto& route : routes())
        metrics_.push_back(&services.metrics.route(route.method, route.pattern));
}

http::BodyLimits Pipeline::limits_for(const http::Request& head)
{
    const auto match = match_route(head.method, head.path);
    if (match.route == nullptr)
        return {body_max_without_route};
    const auto bytes_max = is_gateway(head.path) ? services_.settings.gateway_body_bytes_max : match.route->body_max;
    // Strangers must not fill the memory: what they may send is small, and `refuse` tells them why.
    if (bytes_max > body_max_without_route && !check_sender(head))
        return {body_max_without_route};
    return {bytes_max};
}

Result<void> Pipeline::check_sender(const http::Request& head) const
{
    const auto* route = match_route(head.method, head.path).route;
    if (route == nullptr || route->access.is_public())
        return {};
    const auto known = services_.identity.authenticator.authenticate(head.headers);
    return known ? Result<void>() : fail(known.error());
}

http::Response Pipeline::refuse(const http::Request& head, int status, std::string_view code)
{
    Error error(Errc::invalid, {}, std::string(code));
    if (code == "body_too_large")
        if (const auto known = check_sender(head); !known) {
            error = known.error();
            status = status_of(error);
        }
    const auto locale = choose_locale(head.header("Accept-Language"));
    auto response = refusal(head.path, error, locale, status);
    add_common_headers(response, observe::new_trace().trace_id);
    other_metrics_.count(status, 0);
    return response;
}

void Pipeline::add_common_headers(http::Response& response, std::string request_id) const
{
    response.headers.add("X-Request-Id", std::move(request_id));
    response.headers.add("X-Content-Type-Options", "nosniff");
    response.headers.add("Referrer-Policy", "no-referrer");
    if (services_.settings.is_https)
        response.headers.add("Strict-Transport-Security", "max-age=31536000");
}

Task<http::Response> Pipeline::handle(http::Request request)
{
    Passage passage;
    // 1. A number for the request and its place in the caller's trace: everything later names it.
    const auto parent = observe::parse_traceparent(request.header("traceparent"));
    passage.trace = parent ? observe::child_of(*parent) : observe::new_trace();
    passage.context.request_id = passage.trace.trace_id;
    passage.context.request = std::move(request);
    auto& context = passage.context;
    context.client_address = services_.client_address.of(context.request);
    context.locale = choose_locale(context.request.header("Accept-Language"));

    auto match = match_route(context.request.is_head_only ? "GET" : context.request.method, context.request.path);
    passage.route = match.route;
    passage.metrics = match.route ? metrics_[static_cast<std::size_t>(match.route - routes().data())] : &other_metrics_;
    context.path_values = std::move(match.values);

    http::Response response;
    // 2. The exception wall: a defect is one 500, and the server goes on.
    try {
        response = co_await answer(passage);
    } catch (const std::exception& e) {
        const Error defect(Errc::internal, e.what());
        response = refusal(context.request.path, defect, context.locale);
        log(passage, response.status, &defect);
    }
    // 3. What every answer carries, and its count.
    add_common_headers(response, context.request_id);
    add_cors_headers(services_.settings.cors_origins, context.request, response);
    const auto elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - passage.begun).count();
    passage.metrics->count(response.status, elapsed);
    co_return response;
}

Task<http::Response> Pipeline::answer(Passage& passage)
{
    auto& context = passage.context;
    if (passage.route == nullptr && is_page(context.request)) {
        auto page = services_.assets.serve(context.request);
        log(passage, page.status, nullptr);
        co_return page;
    }
    auto answered = co_await run_steps(passage);
    if (answered) {
        log(passage, answered->status, nullptr);
        co_return std::move(*answered);
    }
    auto error = answered.error();
    if (error.code == Errc::forbidden && passage.route != nullptr && !context.principal.user.is_empty()) {
        auto recorded = co_await record(passage, "access.refused", audit::Recording::recorded, Outcome::denied, error.reason);
        if (!recorded)
            error = recorded.error();
    }
    const auto status = error.reason == "method_not_allowed" ? std::optional(405) : std::nullopt;
    auto response = refusal(context.request.path, error, context.locale, status);
    if (passage.retry_after)
        response.headers.set("Retry-After", std::to_string(passage.retry_after->count()));
    log(passage, response.status, &error);
    co_return response;
}

Task<Result<http::Response>> Pipeline::run_steps(Passage& passage)
{
    auto& context = passage.context;
    if (is_preflight(context.request))
        co_return http::Response{.status = 204};
    if (passage.route == nullptr) {
        const auto known = match_route(context.request.method, context.request.path).is_known_path;
        co_return known ? fail(Errc::invalid, "method", "method_not_allowed") : fail(Errc::not_found, "no such address");
    }
    using Step = Result<void> (Pipeline::*)(Passage&);
    constexpr Step steps[] = {
        &Pipeline::check_address_rate, // first: it protects what follows
        &Pipeline::check_origin, // before a cookie is believed
        &Pipeline::authenticate,
        &Pipeline::authorise,
        &Pipeline::check_user_rate, // only who may act is counted
        &Pipeline::check_media_type,
    };
    for (const auto step : steps) {
        auto passed = (this->*step)(passage);
        if (!passed)
            co_return fail(passed.error());
    }
    const auto& route = *passage.route;
    if (route.recorder == Recorder::pipeline) {
        auto recorded = co_await record(passage, std::string(route.action.name), route.action.recording, Outcome::success, {});
        if (!recorded)
            co_return fail(recorded.error());
    }
    co_return co_await route.handle(services_, context);
}

Result<void> Pipeline::check_address_rate(Passage& passage)
{
    const auto key = policy::rate_key_of_address(passage.context.client_address);
    auto wait = address_rate_.take(key);
    const bool is_sign_in = passage.route->pattern == "/api/session" || passage.route->pattern == "/api/setup";
    if (!wait && is_sign_in && passage.route->method == "POST")
        wait = sign_in_rate_.take(key);
    return admit_or_tell(passage, wait);
}

Result<void> Pipeline::admit_or_tell(Passage& passage, std::optional<std::chrono::milliseconds> wait)
{
    if (!wait)
        return {};
    services_.metrics.rate_limited.add();
    passage.retry_after = std::chrono::ceil<std::chrono::seconds>(*wait);
    return fail(Errc::rate_limited, "a rate limit");
}

Result<void> Pipeline::check_origin(Passage& passage)
{
    const auto& request = passage.context.request;
    const bool opens_socket = !request.header("Upgrade").empty();
    if (!changes_something(request.method) && !opens_socket)
        return {};
    if (is_own_origin(request, services_.settings.cors_origins))
        return {};
    return fail(Errc::forbidden, "another origin", "wrong_origin");
}

Result<void> Pipeline::authenticate(Passage& passage)
{
    auto& context = passage.context;
    context.address_hash = services_.storage.keys().pseudonym(services_.tenant, "address", context.client_address);
    if (passage.route->access.is_public())
        return {};
    auto known = services_.identity.authenticator.authenticate(context.request.headers);
    if (!known)
        return fail(known.error());
    context.principal = std::move(known->principal);
    context.session = std::move(known->session);
    if (!context.principal.locale.empty())
        context.locale = choose_locale(context.principal.locale);
    // A cookie comes along by itself, wherever the request was made; the token only from a page of ours.
    const bool needs_token = context.session && changes_something(context.request.method);
    if (needs_token && !identity::csrf_matches(*context.session, context.request.header("X-CSRF-Token")))
        return fail(Errc::forbidden, "no or wrong X-CSRF-Token", "csrf");
    return {};
}

Result<void> Pipeline::authorise(Passage& passage)
{
    const auto& access = passage.route->access;
    if (access.is_public())
        return {};
    auto decision = policy::decide(passage.context.principal, *access.permission);
    if (!decision && access.alternative)
        decision = policy::decide(passage.context.principal, *access.alternative);
    if (decision)
        return {};
    return fail(Errc::forbidden, "by role or credential", std::string(decision.reason));
}

Result<void> Pipeline::check_user_rate(Passage& passage)
{
    if (passage.route->access.is_public())
        return {};
    const auto wait = user_rate_.take(passage.context.principal.credential_id);
    return admit_or_tell(passage, wait);
}

Result<void> Pipeline::check_media_type(Passage& passage)
{
    const auto& request = passage.context.request;
    if (request.body.empty())
        return {};
    const auto type = request.header("Content-Type");
    const auto end = type.find(';');
    // A form can be sent across origins without asking; JSON cannot.
    if (equals_ignoring_case(trim(type.substr(0, end)), "application/json"))
        return {};
    return fail(Errc::invalid, "another media type", "unsupported_media_type");
}

Task<Result<void>> Pipeline::record(
    Passage& passage, std::string action, audit::Recording recording, Outcome outcome, std::string reason)
{
    const auto& context = passage.context;
    AuditEvent event;
    event.tenant = services_.tenant;
    event.at = services_.clock.now();
    event.action = std::move(action);
    event.outcome = outcome;
    event.reason = std::move(reason);
    event.actor = context.principal.user.text;
    event.credential = context.principal.credential_id;
    if (outcome == Outcome::denied) {
        event.object_type = "route";
        event.object_id = passage.route->pattern;
    } else if (!context.path_values.empty()) {
        event.object_type = event.action.substr(0, event.action.find('.')); // "engine.restart" restarts an engine
        event.object_id = context.path_values.front();
    }
    event.source = context.address_hash;
    event.request_id = context.request_id;
    storage::Commit commit{.events = {std::move(event)}};
    // A full queue turns `recorded` into `durable`: the caller waits, the record is not lost.
    if (recording == audit::Recording::recorded && services_.storage.journal().submit(commit))
        co_return Result<void>();
    co_return co_await services_.storage.journal().commit(std::move(commit));
}

void Pipeline::log(const Passage& passage, int status, const Error* error)
{
    using observe::Key;
    const auto& context = passage.context;
    const auto elapsed =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - passage.begun);
    const auto severity = status >= 500 ? observe::Severity::error : observe::Severity::info;
    if (!services_.log.is_enabled(severity))
        return;
    services_.log.write(severity, "http.request", "request",
        {{Key::http_method, context.request.method},
            {Key::url_path, passage.route || status < 400 ? context.request.path : "(unknown)"}, {Key::http_status, status},
            {Key::duration_us, elapsed.count()}, {Key::client_ip, context.client_address},
            {Key::user_id, context.principal.user.text}, {Key::error_code, error ? error->reason : ""},
            {Key::error_message, error ? error->detail : ""}},
        &passage.trace);
}

} // namespace siyu::api
