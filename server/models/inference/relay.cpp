#include "models/inference/relay.hpp"

#include "core/async/task_group.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "models/inference/dialer.hpp"
#include "models/inference/limits.hpp"
#include "models/inference/openai_error.hpp"
#include "models/inference/relay_source.hpp"
#include "models/llm/providers/openai/errors.hpp"

#include <boost/asio/this_coro.hpp>

namespace siyu::inference {

namespace {

using Sent = Result<std::unique_ptr<http::ClientResponse>>;

Task<> commit_into(storage::Journal& journal, storage::Commit commit, Result<void>& outcome, http::Abort& abort)
{
    outcome = co_await journal.commit(std::move(commit));
    if (!outcome)
        abort.trigger(); // without its record the request must not go on
}

/// *started* and the request itself. On this machine the two overlap: no byte of the answer is handed on before both are there.
/// Beyond it, the record comes first.
Task<Sent> record_and_send(const Services& services, const CallFacts& facts, const llm::Upstream& upstream, std::string body,
    bool is_stream, std::shared_ptr<http::Abort> abort)
{
    storage::Commit started{.events = {started_event(facts, services.clock.now())}};
    Result<void> recorded;
    Sent sent = fail(Errc::unavailable, "not sent");
    if (upstream.endpoint->is_loopback()) {
        async::TaskGroup group(co_await asio::this_coro::executor, [&services](std::string_view, std::string_view what) {
            services.log.error("call.record", "Recording a call failed", {{observe::Key::error_message, what}});
        });
        group.spawn("call record", commit_into(services.journal, std::move(started), recorded, *abort));
        sent = co_await send_chat(services, upstream, std::move(body), is_stream, abort);
        co_await group.drained();
    } else {
        recorded = co_await services.journal.commit(std::move(started));
        if (recorded)
            sent = co_await send_chat(services, upstream, std::move(body), is_stream, abort);
    }
    if (!recorded)
        co_return fail(Errc::unavailable, recorded.error().detail, "not_recorded");
    co_return sent;
}

bool is_openai_error(std::string_view body)
{
    const auto value = parse_json(body);
    const auto* object = value ? value->if_object() : nullptr;
    const auto* error = object ? object->if_contains("error") : nullptr;
    return error && error->is_object();
}

/// The answer to a request that the upstream refused: its own words where they are in OpenAI's shape, its status except where
/// that would speak of the caller's key.
http::Response relay_error(http::ClientResponse& upstream, std::string body)
{
    const auto error = llm::openai::read_error(upstream.status(), body);
    const bool is_about_key = upstream.status() == 401 || upstream.status() == 403;
    auto response = openai_error(error);
    response.status = is_about_key ? 502 : upstream.status() < 400 ? 502 : upstream.status();
    if (!is_about_key && is_openai_error(body))
        response.body = std::move(body);
    if (const auto retry = upstream.headers().find("Retry-After"); !retry.empty())
        response.headers.set("Retry-After", std::string(retry));
    return response;
}

class Relay {
public:
    Relay(const Services& services, Closer& closer, CallFacts facts, std::shared_ptr<http::Abort> left)
        : services_(services), closer_(closer), facts_(std::move(facts))
    {
        if (left)
            left_ = left->on_trigger([abort = abort_] { abort->trigger(); });
    }

    Task<http::Response> run(std::string body, ChatInspection inspection)
    {
        auto line = co_await wait_for_line(services_, facts_.model, abort_);
        if (!line)
            co_return openai_error(line.error());
        facts_.provider = line->upstream.name;
        const auto& served = line->upstream.served_name(inspection.model);
        if (served != inspection.model)
            body = splice_model(body, inspection, served);
        auto sent = co_await record_and_send(services_, facts_, line->upstream, std::move(body), inspection.is_stream, abort_);
        if (!sent)
            co_return co_await failed(sent.error());
        auto& upstream = **sent;
        if (upstream.status() != 200)
            co_return co_await refused(upstream);
        if (!upstream.headers().find("Content-Type").starts_with("text/event-stream"))
            co_return co_await whole(upstream);
        http::Response response;
        response.headers.add("Content-Type", std::string(upstream.headers().find("Content-Type")));
        response.headers.add("Cache-Control", "no-store");
        response.source = std::make_shared<RelaySource>(
            services_, closer_, std::move(facts_), std::move(*line), std::move(*sent), abort_, std::move(left_), began_);
        co_return response;
    }

private:
    /// Nothing came of it; `not_recorded` has no start, so it gets no end.
    Task<http::Response> failed(Error error)
    {
        if (error.reason != "not_recorded")
            if (const auto recorded = co_await record(end_of(error, {})); !recorded)
                co_return openai_error(recorded.error());
        co_return openai_error(error);
    }

    Task<http::Response> refused(http::ClientResponse& upstream)
    {
        auto said = co_await upstream.read_all(error_bytes_max);
        auto body = said ? std::move(*said) : std::string();
        const auto error = llm::openai::read_error(upstream.status(), body);
        if (const auto recorded = co_await record(end_of(error, {})); !recorded)
            co_return openai_error(recorded.error());
        co_return relay_error(upstream, std::move(body));
    }

    /// An answer that is not streamed goes out when it is complete and its end is recorded.
    Task<http::Response> whole(http::ClientResponse& upstream)
    {
        auto body = co_await upstream.read_all(answer_bytes_max);
        if (!body)
            co_return co_await failed(body_error(body.error()));
        const auto usage = usage_of(*body);
        const auto recorded =
            co_await record({.prompt_tokens = usage.prompt_tokens, .completion_tokens = usage.completion_tokens});
        if (!recorded)
            co_return openai_error(recorded.error());
        http::Response response{.body = std::move(*body)};
        response.headers.add("Content-Type", std::string(upstream.headers().find("Content-Type")));
        co_return response;
    }

    Task<Result<void>> record(CallEnd end)
    {
        count_end(services_, facts_, end, began_);
        auto commit = end_commit(services_, facts_, end, {});
        if (abort_->is_triggered()) { // nobody waits for the answer
            closer_.write(std::move(commit));
            co_return Result<void>();
        }
        const auto written = co_await services_.journal.commit(commit);
        if (!written) {
            closer_.write(std::move(commit));
            co_return fail(Errc::unavailable, written.error().detail, "not_recorded");
        }
        co_return Result<void>();
    }

    const Services& services_;
    Closer& closer_;
    CallFacts facts_;
    // Of its own: the client's leaving triggers it, and so does a record that cannot be written.
    std::shared_ptr<http::Abort> abort_ = std::make_shared<http::Abort>();
    std::shared_ptr<void> left_; ///< the tie between the two
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

} // namespace

Task<http::Response> relay_chat(
    const Services& services, Closer& closer, CallFacts facts, RelayRequest request, ChatInspection inspection)
{
    Relay relay(services, closer, std::move(facts), std::move(request.left));
    co_return co_await relay.run(std::move(request.body), std::move(inspection));
}

} // namespace siyu::inference
