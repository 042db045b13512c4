#include "models/inference/relay_source.hpp"

#include "models/inference/openai_error.hpp"

namespace siyu::inference {

RelaySource::RelaySource(const Services& services, Closer& closer, CallFacts facts, Line line,
    std::unique_ptr<http::ClientResponse> response, std::shared_ptr<http::Abort> abort, std::shared_ptr<void> left,
    std::chrono::steady_clock::time_point began)
    : services_(services),
      closer_(closer),
      facts_(std::move(facts)),
      line_(std::move(line)),
      response_(std::move(response)),
      abort_(std::move(abort)),
      left_(std::move(left)),
      began_(began)
{
}

RelaySource::~RelaySource()
{
    record_without_waiting();
}

Task<Result<std::optional<std::string>>> RelaySource::next()
{
    while (!is_finished_) {
        auto bytes = co_await response_->read();
        if (!bytes && bytes.error().code == Errc::cancelled) {
            record_without_waiting();
            co_return fail(bytes.error());
        }
        if (!bytes) {
            auto error = body_error(bytes.error());
            co_return co_await finish({}, end_of(error, scanner_.usage()), error);
        }
        if (*bytes && !std::exchange(has_begun_, true))
            services_.metrics.model(facts_.provider, facts_.model)
                .first_token.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count());
        auto relayed = *bytes ? scanner_.feed(**bytes) : scanner_.finish();
        if (!*bytes || scanner_.is_done()) {
            const auto usage = scanner_.usage();
            std::optional<Error> error;
            if (!scanner_.is_done() && !scanner_.has_error())
                error = Error(Errc::upstream, "the stream ended without [DONE]", "upstream_cut");
            auto end = error ? end_of(*error, usage)
                : scanner_.has_error()
                ? end_of(Error(Errc::upstream, {}, "upstream_error"), usage)
                : CallEnd{.prompt_tokens = usage.prompt_tokens, .completion_tokens = usage.completion_tokens};
            co_return co_await finish(std::move(relayed), std::move(end), std::move(error));
        }
        if (!relayed.empty())
            co_return std::move(relayed);
    }
    co_return std::nullopt;
}

Task<Result<std::optional<std::string>>> RelaySource::finish(std::string last_bytes, CallEnd end, std::optional<Error> error)
{
    is_finished_ = true;
    is_recorded_ = true;
    count_end(services_, facts_, end, began_);
    auto commit = end_commit(services_, facts_, end, {});
    const auto written = co_await services_.journal.commit(commit);
    if (!written) {
        closer_.write(std::move(commit));
        error = Error(Errc::unavailable, "the end could not be recorded", "not_recorded");
    }
    if (error)
        last_bytes += openai_error_event(*error);
    else if (scanner_.is_done())
        last_bytes += "data: [DONE]\n\n";
    if (scanner_.is_done()) // usually nothing more comes, and the connection can be used again
        std::ignore = co_await response_->read();
    if (last_bytes.empty())
        co_return std::nullopt;
    co_return std::move(last_bytes);
}

void RelaySource::abandon()
{
    abort_->trigger();
    response_->close();
    record_without_waiting();
}

void RelaySource::record_without_waiting()
{
    if (std::exchange(is_recorded_, true))
        return;
    is_finished_ = true;
    const auto end = end_of(Error(Errc::cancelled), scanner_.usage());
    count_end(services_, facts_, end, began_);
    closer_.write(end_commit(services_, facts_, end, {}));
}

} // namespace siyu::inference
