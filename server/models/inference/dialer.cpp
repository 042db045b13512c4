#include "models/inference/dialer.hpp"

#include "core/async/signal.hpp"
#include "models/inference/limits.hpp"
#include "models/llm/providers/openai/chat_request.hpp"

#include <boost/asio/this_coro.hpp>

namespace siyu::inference {

namespace {

/// A pause that an abort ends.
Task<> pause(std::shared_ptr<http::Abort> abort)
{
    async::Signal signal(co_await asio::this_coro::executor);
    const auto handle = abort ? abort->on_trigger([&signal] { signal.notify(); }) : nullptr;
    if (!abort || !abort->is_triggered())
        co_await signal.wait_for(ready_poll);
}

bool is_starting(const llm::Upstream& upstream, std::chrono::steady_clock::time_point asked)
{
    if (upstream.kind != llm::UpstreamKind::engine)
        return false; // what was down a second ago may be back: the attempt tells
    return upstream.state == llm::UpstreamState::loading
        || (!upstream.endpoint && std::chrono::steady_clock::now() < asked + restart_patience);
}

} // namespace

Task<Result<Line>> wait_for_line(const Services& services, std::string model, std::shared_ptr<http::Abort> abort)
{
    const auto asked = std::chrono::steady_clock::now();
    for (;;) {
        const auto snapshot = services.registry.snapshot();
        const auto* upstream = snapshot->find(model);
        if (!upstream)
            co_return fail(Errc::not_found, "no upstream serves the model", "model_not_found", "model");
        const auto deadline = asked + upstream->timeouts.first_byte;
        if (is_starting(*upstream, asked)) {
            if (abort && abort->is_triggered())
                co_return fail(Errc::cancelled, "ended while the model was loading");
            if (std::chrono::steady_clock::now() >= deadline)
                co_return fail(Errc::unavailable, upstream->detail, "model_loading");
            co_await pause(abort);
            continue;
        }
        if (!upstream->endpoint)
            co_return fail(Errc::unavailable, upstream->detail, "model_down");
        auto slot = co_await upstream->slots->acquire(abort, deadline);
        if (!slot)
            co_return fail(slot.error());
        // The wait may have been long: the engine may listen elsewhere by now.
        const auto later = services.registry.snapshot();
        const auto* still = later->find(model);
        if (!still || !still->endpoint)
            continue;
        if (still->slots == upstream->slots)
            co_return Line{*still, std::move(*slot)};
    }
}

Task<Result<std::unique_ptr<http::ClientResponse>>> send_chat(
    const Services& services, llm::Upstream upstream, std::string body, bool is_stream, std::shared_ptr<http::Abort> abort)
{
    const auto& endpoint = *upstream.endpoint;
    auto permit = services.gate.permit(endpoint.origin);
    if (!permit)
        co_return fail(permit.error());
    http::ClientRequest request{.method = "POST",
        .target = endpoint.prefix + std::string(llm::openai::chat_target),
        .body = std::move(body),
        .timeouts = upstream.timeouts};
    request.headers.add("Content-Type", "application/json");
    request.headers.add("Accept", is_stream ? "text/event-stream" : "application/json");
    if (!endpoint.key.empty())
        request.headers.add("Authorization", "Bearer " + endpoint.key);
    auto response = co_await services.client.send(std::move(*permit), std::move(request), std::move(abort));
    if (!response) {
        auto error = response.error();
        if (error.code == Errc::unavailable)
            error.reason = "upstream_unreachable";
        else if (error.reason == "first_byte_timeout")
            error.reason = "first_token_timeout";
        else if (error.code == Errc::upstream)
            error.reason = error.reason == "bad_answer" ? "upstream_malformed" : "upstream_cut";
        co_return fail(std::move(error));
    }
    co_return std::move(*response);
}

Error body_error(Error error)
{
    if (error.code == Errc::too_large) // the upstream's doing, not the caller's
        return {Errc::upstream, std::move(error.detail), "upstream_malformed"};
    if (error.reason == "first_byte_timeout")
        error.reason = "first_token_timeout";
    else if (error.code == Errc::upstream)
        error.reason = error.reason == "bad_answer" ? "upstream_malformed" : "upstream_cut";
    return error;
}

} // namespace siyu::inference
