#include "features/chat/turn_run.hpp"

#include "features/chat/limits.hpp"
#include "features/chat/parameters.hpp"
#include "features/chat/problem.hpp"
#include "features/chat/prompt.hpp"

namespace siyu::chat {

/// What waits to be stored while the turn runs, and the one coroutine that stores it.
struct TurnRun::Storing {
    explicit Storing(Executor executor) : changed(executor) { }
    storage::Content pending;
    std::int64_t first_seq = 0; ///< of what is pending
    std::int64_t last_seq = 0;
    bool is_active = false;
    bool is_finishing = false; ///< the end is stored next, with everything
    async::Signal changed;
};

namespace {

std::int64_t ms_between(std::chrono::steady_clock::time_point from, std::chrono::steady_clock::time_point to)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(to - from).count();
}

} // namespace

TurnRun::TurnRun(const Services& services, async::TaskGroup& group, TurnJob job, std::shared_ptr<RunningTurn> running,
    std::shared_ptr<events::TurnLog> log)
    : services_(services),
      group_(group),
      job_(std::move(job)),
      running_(std::move(running)),
      log_(std::move(log)),
      storing_(std::make_shared<Storing>(running_->executor))
{
}

Task<TurnState> TurnRun::run()
{
    log_->append_status(events::Phase::waiting_for_model, job_.turn.model);
    auto ending = co_await converse();
    storing_->is_finishing = true;
    storing_->changed.notify();
    while (storing_->is_active)
        co_await storing_->changed.wait_until();
    const auto state = ending.state;
    co_await finish(std::move(ending));
    services_.logs.retire(job_.turn.id);
    co_return state;
}

Task<TurnRun::Ending> TurnRun::converse()
{
    auto request = co_await make_request();
    if (!request)
        co_return ending_of(request.error());
    auto stream = co_await job_.call->open(
        std::move(*request), running_->abort, [this] { log_->append_status(events::Phase::reading, job_.turn.model); });
    if (!stream)
        co_return ending_of(stream.error());
    co_return co_await relay(std::move(*stream));
}

Task<Result<llm::ChatRequest>> TurnRun::make_request()
{
    auto messages = co_await services_.repositories.messages->list(job_.asker.principal.scope(), job_.turn.conversation);
    if (!messages)
        co_return fail(messages.error());
    llm::ChatRequest request;
    apply_parameters(job_.conversation.parameters, request);
    const auto upstream = job_.call->upstream();
    auto prompt = assemble_prompt({.system_prompt = job_.conversation.system_prompt.value_or(std::string()),
        .messages = std::move(*messages),
        .question = job_.turn.question,
        .begun_answer = job_.answer.content.text,
        .context_window = upstream ? upstream->context_window : std::nullopt,
        .max_tokens = request.max_tokens});
    if (!prompt)
        co_return fail(prompt.error());
    request.messages = std::move(*prompt);
    co_return request;
}

Task<TurnRun::Ending> TurnRun::relay(std::unique_ptr<inference::CallStream> stream)
{
    for (;;) {
        auto delta = co_await stream->next();
        if (!delta)
            co_return ending_of(delta.error());
        if (!*delta)
            co_return Ending{};
        take(std::move(**delta));
        const auto& content = job_.answer.content;
        if (content.text.size() + content.reasoning.size() > answer_bytes_max)
            co_return ending_of(Error(Errc::too_large, "the answer is too long", "answer_too_long"));
    }
}

TurnRun::Ending TurnRun::ending_of(const Error& error) const
{
    if (error.code == Errc::cancelled && running_->stop_reason() == StopReason::person)
        return {.state = TurnState::stopped, .reason = "stopped"};
    if (error.code == Errc::cancelled && running_->stop_reason() == StopReason::shutdown)
        return {.state = TurnState::interrupted, .reason = "interrupted"};
    services_.log.warn("turn.failed", "A turn failed",
        {{observe::Key::turn_id, job_.turn.id.text}, {observe::Key::error_code, code_of(error)},
            {observe::Key::error_message, error.detail}});
    return {.state = TurnState::failed, .problem = problem_of(error), .reason = code_of(error)};
}

void TurnRun::take(llm::ChatDelta delta)
{
    const auto now = std::chrono::steady_clock::now();
    if (!delta.finish_reason.empty())
        finish_reason_ = delta.finish_reason;
    if (delta.usage)
        usage_ = delta.usage;
    if (delta.text.empty() && delta.reasoning.empty())
        return;
    ++deltas_;
    if (!first_token_) {
        first_token_ = now;
        log_->append_status(events::Phase::writing, job_.turn.model);
    }
    if (!first_text_ && !delta.text.empty())
        first_text_ = now;
    job_.answer.content.text += delta.text;
    job_.answer.content.reasoning += delta.reasoning;
    auto& storing = *storing_;
    storing.pending.text += delta.text;
    storing.pending.reasoning += delta.reasoning;
    storing.last_seq = log_->append_delta(std::move(delta.text), std::move(delta.reasoning));
    if (storing.first_seq == 0)
        storing.first_seq = storing.last_seq;
    if (!storing.is_active && !storing.is_finishing) {
        storing.is_active = true;
        group_.spawn("turn text", store_pending(storing_));
    }
}

/// Runs while there is something to store. The turn waits for it before it ends, so `this` stays.
Task<> TurnRun::store_pending(std::shared_ptr<Storing> storing)
{
    while (!storing->is_finishing && storing->first_seq != 0) {
        const auto due = std::chrono::steady_clock::now() + store_interval;
        while (!storing->is_finishing && std::chrono::steady_clock::now() < due)
            co_await storing->changed.wait_until(due);
        if (storing->is_finishing)
            break;
        if (const auto stored = co_await store_chunk(); !stored)
            services_.log.error("turn.store", "Text of a running turn could not be stored; it is tried again",
                {{observe::Key::turn_id, job_.turn.id.text}, {observe::Key::error_message, stored.error().detail}});
    }
    storing->is_active = false;
    storing->changed.notify();
}

Task<Result<void>> TurnRun::store_chunk()
{
    const auto storing = storing_;
    const auto piece = storing->pending;
    const auto last_seq = storing->last_seq;
    auto change = co_await services_.repositories.turns->append_chunk(job_.asker.principal.scope(), job_.turn.conversation,
        {.turn = job_.turn.id,
            .attempt = job_.turn.attempt,
            .first_seq = storing->first_seq,
            .last_seq = last_seq,
            .content = piece,
            .level = job_.conversation.level});
    if (!change)
        co_return fail(change.error());
    storage::Commit commit;
    commit.changes.push_back(std::move(*change));
    if (auto written = co_await services_.journal.commit(std::move(commit)); !written)
        co_return written;
    // Meanwhile more may have come: it is behind what was stored.
    storing->pending.text.erase(0, piece.text.size());
    storing->pending.reasoning.erase(0, piece.reasoning.size());
    storing->first_seq = storing->last_seq > last_seq ? last_seq + 1 : 0;
    co_return Result<void>();
}

/// One Commit stores it all; only then the end is told.
Task<> TurnRun::finish(Ending ending)
{
    inference::CallEnd end{.outcome = ending.state == TurnState::failed ? Outcome::failure : Outcome::success,
        .reason = ending.reason,
        .prompt_tokens = usage_ ? usage_->prompt_tokens : 0,
        .completion_tokens = usage_ ? usage_->completion_tokens : deltas_};
    job_.answer.meta = meta_of(ending);
    job_.answer.state = ending.state;
    ++job_.answer.revision;
    const auto tried_from = std::chrono::steady_clock::now();
    std::chrono::milliseconds pause = end_retry_min;
    for (;;) {
        auto rows = co_await end_rows(ending);
        auto written = rows ? co_await job_.call->record_end(end, std::move(*rows)) : Result<void>(fail(rows.error()));
        if (written)
            break;
        services_.log.error("turn.store", "The end of a turn could not be stored; it is tried again",
            {{observe::Key::turn_id, job_.turn.id.text}, {observe::Key::error_message, written.error().detail}});
        const auto patience = running_->stop_reason() == StopReason::shutdown ? end_patience_at_stop : end_patience;
        if (std::chrono::steady_clock::now() - tried_from >= patience) {
            // It stays `running` in storage; the next start marks it interrupted, with the text of its chunks.
            ending = {.state = TurnState::failed,
                .problem = problem_of(Error(Errc::unavailable, {}, "not_stored")),
                .reason = "not_stored"};
            break;
        }
        co_await async::sleep_for(pause);
        pause = std::min(pause * 2, end_retry_max);
    }
    auto& counted = services_.metrics.turns;
    (ending.state == TurnState::done             ? counted.done
            : ending.state == TurnState::stopped ? counted.stopped
            : ending.state == TurnState::failed  ? counted.failed
                                                 : counted.interrupted)
        .add();
    log_->append_end(ending.state, finish_reason_, usage(), std::move(ending.problem));
}

Task<Result<storage::Commit>> TurnRun::end_rows(const Ending& ending)
{
    const auto scope = job_.asker.principal.scope();
    const auto now = services_.clock.now();
    auto message = co_await services_.repositories.messages->update(scope, job_.answer);
    storage::Commit rows;
    if (!message && message.error().code == Errc::not_found)
        co_return rows; // the conversation was deleted meanwhile: only the call's record is left to write
    if (!message)
        co_return fail(message.error());
    rows.changes.push_back(std::move(*message));
    rows.changes.push_back(services_.repositories.turns->end(scope.tenant, job_.turn.id, job_.turn.attempt, ending.state, now));
    rows.changes.push_back(services_.repositories.turns->drop_chunks(scope.tenant, job_.turn.id));
    rows.changes.push_back(services_.repositories.conversations->touch(scope, job_.turn.conversation, now));
    co_return rows;
}

boost::json::object TurnRun::meta_of(const Ending& ending) const
{
    const auto now = std::chrono::steady_clock::now();
    boost::json::object timings{{"total_ms", ms_between(began_, now)}};
    if (first_token_)
        timings["first_token_ms"] = ms_between(began_, *first_token_);
    if (first_token_ && !job_.answer.content.reasoning.empty())
        timings["reasoning_ms"] = ms_between(*first_token_, first_text_.value_or(now));
    boost::json::object meta{{"model", job_.turn.model}, {"provider", job_.call->facts().provider},
        {"timings", std::move(timings)}, {"last_seq", log_->last_seq() + 1}}; // the end's own number
    if (!finish_reason_.empty())
        meta["finish_reason"] = finish_reason_;
    if (usage_)
        meta["usage"] = usage();
    if (!ending.problem.empty())
        meta["problem"] = ending.problem;
    return meta;
}

boost::json::object TurnRun::usage() const
{
    if (!usage_)
        return {};
    return {{"prompt_tokens", usage_->prompt_tokens}, {"completion_tokens", usage_->completion_tokens}};
}

} // namespace siyu::chat
