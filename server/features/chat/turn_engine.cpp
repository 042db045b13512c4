#include "features/chat/turn_engine.hpp"

#include "features/chat/limits.hpp"
#include "features/chat/title.hpp"
#include "features/chat/turn_run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

namespace siyu::chat {

/// One of the server's threads, and the turns on it.
struct TurnEngine::Lane {
    Lane(Executor given, async::TaskGroup::Report report)
        : executor(given), closing(std::make_shared<http::Abort>()), group(given, std::move(report))
    {
    }
    Executor executor;
    std::shared_ptr<http::Abort> closing; // for what no turn's abort reaches: titles
    async::TaskGroup group;
};

void RunningTurn::stop(StopReason reason)
{
    auto none = StopReason::none;
    if (reason_.compare_exchange_strong(none, reason))
        asio::post(executor, [held = abort] { held->trigger(); });
}

TurnEngine::TurnEngine(const Services& services) : services_(services)
{
    for (std::size_t i = 0; i < services.threads.size(); ++i)
        lanes_.push_back(std::make_unique<Lane>(services.threads.at(i), services.report));
}

TurnEngine::~TurnEngine() = default;

Result<TurnEngine::Place> TurnEngine::enter(const ConversationId& conversation)
{
    if (is_shutting_down_)
        return fail(Errc::unavailable, "the server is being stopped", "shutting_down");
    const std::lock_guard lock(mutex_);
    auto& count = places_[conversation];
    if (count >= turns_per_conversation_max)
        return fail(Errc::rate_limited, "too many turns at once in a conversation", "too_many_turns");
    ++count;
    return Place(*this, conversation);
}

void TurnEngine::leave(const ConversationId& conversation)
{
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(conversation);
    if (found != places_.end() && --found->second == 0)
        places_.erase(found);
}

void TurnEngine::run(TurnJob job, Place place)
{
    auto& lane = *lanes_[next_lane_.fetch_add(1) % lanes_.size()];
    auto running = std::make_shared<RunningTurn>(job.turn.id, job.turn.conversation, lane.executor);
    const auto& kept = job.answer.content;
    auto log = std::make_shared<events::TurnLog>(job.turn.id, job.turn.attempt, kept.text, kept.reasoning);
    services_.logs.add(log);
    {
        const std::lock_guard lock(mutex_);
        running_[job.turn.id] = running;
    }
    if (is_shutting_down_)
        running->stop(StopReason::shutdown);
    ++posted_;
    asio::post(lane.executor,
        [this, &lane, job = std::make_shared<TurnJob>(std::move(job)), running, log,
            place = std::make_shared<Place>(std::move(place))]() mutable {
            --posted_;
            lane.group.spawn("turn", run_on_lane(lane, std::move(*job), running, log, std::move(*place)));
        });
}

Task<> TurnEngine::run_on_lane(
    Lane& lane, TurnJob job, std::shared_ptr<RunningTurn> running, std::shared_ptr<events::TurnLog> log, Place place)
{
    services_.metrics.turns.running.add(1);
    TitleJob title{job.asker, job.conversation, job.turn.model, job.question};
    const bool may_need_title = job.is_first_question && !job.conversation.title;
    TurnRun run(services_, lane.group, std::move(job), running, log);
    const auto state = co_await run.run();
    {
        const std::lock_guard lock(mutex_);
        const auto found = running_.find(running->id);
        if (found != running_.end() && found->second == running) // else the next attempt runs already
            running_.erase(found);
    }
    {
        const Place given_back = std::move(place);
    }
    services_.metrics.turns.running.add(-1);
    if (may_need_title && state == TurnState::done && !is_shutting_down_) {
        title.answer = run.answer_text();
        lane.group.spawn("title", give_title(services_, std::move(title), lane.closing));
    }
}

bool TurnEngine::stop(const TurnId& turn)
{
    const std::lock_guard lock(mutex_);
    const auto found = running_.find(turn);
    if (found == running_.end())
        return false;
    found->second->stop(StopReason::person);
    return true;
}

Task<> TurnEngine::stop_all_of(ConversationId conversation)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    for (;;) {
        bool is_running = false;
        {
            const std::lock_guard lock(mutex_);
            for (const auto& [id, turn] : running_)
                if (turn->conversation == conversation) {
                    turn->stop(StopReason::person);
                    is_running = true;
                }
        }
        if (!is_running || std::chrono::steady_clock::now() >= deadline)
            co_return;
        co_await async::sleep_for(std::chrono::milliseconds(10));
    }
}

Task<> TurnEngine::shut_down()
{
    is_shutting_down_ = true;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [id, turn] : running_)
            turn->stop(StopReason::shutdown);
    }
    while (posted_ > 0)
        co_await async::sleep_for(std::chrono::milliseconds(1));
    for (const auto& lane : lanes_) {
        asio::post(lane->executor, [closing = lane->closing] { closing->trigger(); });
        co_await asio::co_spawn(lane->executor, lane->group.drained(), use_task);
    }
}

} // namespace siyu::chat
