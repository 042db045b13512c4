#include "models/inference/governed_call.hpp"

#include "models/inference/dialer.hpp"
#include "models/inference/limits.hpp"
#include "models/llm/providers/openai/chat_request.hpp"
#include "models/llm/providers/openai/errors.hpp"
#include "models/llm/providers/openai/stream_reader.hpp"

namespace siyu::inference {

namespace {

void merge(llm::ChatDelta& into, llm::ChatDelta&& from)
{
    into.text += from.text;
    into.reasoning += from.reasoning;
    std::ranges::move(from.tool_calls, std::back_inserter(into.tool_calls));
    if (!from.finish_reason.empty())
        into.finish_reason = std::move(from.finish_reason);
    if (from.usage)
        into.usage = from.usage;
}

bool is_worth_telling(const llm::ChatDelta& delta)
{
    return delta.has_content() || !delta.finish_reason.empty() || delta.usage;
}

class OpenStream final : public CallStream {
public:
    OpenStream(Line line, std::unique_ptr<http::ClientResponse> response, observe::Histogram& first_token)
        : line_(std::move(line)), response_(std::move(response)), first_token_(first_token)
    {
    }

    /// What one read of the network brought is one delta.
    Task<Result<std::optional<llm::ChatDelta>>> next() override
    {
        while (!is_finished_) {
            auto delta = co_await read();
            if (!delta)
                co_return fail(delta.error());
            if (!is_worth_telling(*delta))
                continue;
            if (!std::exchange(has_begun_, true))
                first_token_.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count());
            co_return std::move(*delta);
        }
        co_return std::nullopt;
    }

private:
    Task<Result<llm::ChatDelta>> read()
    {
        auto bytes = co_await response_->read();
        // After [DONE] the end of the body is still read, so that the connection can be used again; but the answer is complete
        // then, whatever becomes of the connection.
        if (!bytes && !reader_.is_done())
            co_return fail(body_error(bytes.error()));
        if (!bytes || !*bytes) {
            is_finished_ = true;
            co_return reader_.finish();
        }
        auto deltas = reader_.feed(**bytes);
        if (!deltas) {
            response_->close();
            co_return fail(deltas.error());
        }
        llm::ChatDelta all;
        for (auto& delta : *deltas)
            merge(all, std::move(delta));
        co_return all;
    }

    Line line_;
    std::unique_ptr<http::ClientResponse> response_;
    observe::Histogram& first_token_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    llm::openai::StreamReader reader_;
    bool has_begun_ = false;
    bool is_finished_ = false;
};

} // namespace

std::optional<llm::Upstream> GovernedCall::upstream() const
{
    const auto snapshot = services_.registry.snapshot();
    const auto* upstream = snapshot->find(facts_.model);
    return upstream ? std::optional(*upstream) : std::nullopt;
}

Task<Result<void>> GovernedCall::record_start(storage::Commit rows)
{
    rows.events.push_back(started_event(facts_, services_.clock.now()));
    auto written = co_await services_.journal.commit(std::move(rows));
    if (!written)
        co_return fail(written.error());
    is_started_ = true;
    co_return Result<void>();
}

Task<Result<std::unique_ptr<CallStream>>> GovernedCall::open(
    llm::ChatRequest request, std::shared_ptr<http::Abort> abort, std::function<void()> on_sent)
{
    if (!is_started_)
        co_return fail(Errc::internal, "a call without its record");
    auto line = co_await wait_for_line(services_, facts_.model, abort);
    if (!line)
        co_return fail(line.error());
    on_sent();
    auto body = llm::openai::write_chat_request(request, line->upstream.served_name(facts_.model));
    auto response = co_await send_chat(services_, line->upstream, std::move(body), true, std::move(abort));
    if (!response)
        co_return fail(response.error());
    if ((*response)->status() != 200) {
        const auto said = co_await (*response)->read_all(error_bytes_max);
        co_return fail(llm::openai::read_error((*response)->status(), said ? *said : std::string()));
    }
    co_return std::make_unique<OpenStream>(
        std::move(*line), std::move(*response), services_.metrics.model(facts_.provider, facts_.model).first_token);
}

Task<Result<void>> GovernedCall::record_end(CallEnd end, storage::Commit rows)
{
    auto written = co_await services_.journal.commit(end_commit(services_, facts_, end, std::move(rows)));
    if (!written)
        co_return fail(written.error());
    count_end(services_, facts_, end, began_);
    co_return Result<void>();
}

} // namespace siyu::inference
