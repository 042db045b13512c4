#include "state/events/turn_log.hpp"

#include "state/events/limits.hpp"

#include <boost/asio/post.hpp>

#include <cassert>

namespace siyu::events {

TurnLog::TurnLog(TurnId turn, std::int64_t attempt, std::string text, std::string reasoning)
    : turn_(std::move(turn)), attempt_(attempt)
{
    if (text.empty() && reasoning.empty())
        return;
    text_ = text;
    reasoning_ = reasoning;
    append({.kind = EventKind::reset, .text = std::move(text), .reasoning = std::move(reasoning)});
}

std::shared_ptr<TurnLog> TurnLog::stored(Event end, std::string text, std::string reasoning)
{
    auto log = std::make_shared<TurnLog>(end.id.turn, end.id.attempt);
    log->text_ = std::move(text);
    log->reasoning_ = std::move(reasoning);
    log->last_seq_ = end.id.seq - 1;
    log->ended_ = true;
    log->append(std::move(end));
    return log;
}

std::int64_t TurnLog::append_delta(std::string text, std::string reasoning)
{
    const std::lock_guard lock(mutex_);
    text_ += text;
    reasoning_ += reasoning;
    return append({.kind = EventKind::delta, .text = std::move(text), .reasoning = std::move(reasoning)});
}

std::int64_t TurnLog::append_status(Phase phase, std::string model)
{
    const std::lock_guard lock(mutex_);
    return append({.kind = EventKind::status, .phase = phase, .model = std::move(model)});
}

std::int64_t TurnLog::append_end(
    TurnState state, std::string finish_reason, boost::json::object usage, boost::json::object problem)
{
    const std::lock_guard lock(mutex_);
    assert(!ended_);
    ended_ = true;
    return append({.kind = EventKind::end,
        .state = state,
        .finish_reason = std::move(finish_reason),
        .usage = std::move(usage),
        .problem = std::move(problem)});
}

void TurnLog::supersede(std::shared_ptr<TurnLog> next)
{
    const std::lock_guard lock(mutex_);
    next_ = std::move(next);
    wake_all();
}

std::int64_t TurnLog::last_seq() const
{
    const std::lock_guard lock(mutex_);
    return last_seq_;
}

bool TurnLog::has_ended() const
{
    const std::lock_guard lock(mutex_);
    return ended_;
}

std::int64_t TurnLog::append(Event event)
{
    event.id = {turn_, attempt_, ++last_seq_};
    ring_bytes_ += event.bytes();
    ring_.push_back(std::move(event));
    while (ring_bytes_ > ring_bytes_max && ring_.size() > 1) {
        ring_bytes_ -= ring_.front().bytes();
        ring_.pop_front();
    }
    wake_all();
    return last_seq_;
}

Event TurnLog::reset_event() const
{
    // The end is not part of the text: whoever is reset still gets it.
    const auto seq = ended_ ? last_seq_ - 1 : last_seq_;
    return {.kind = EventKind::reset, .id = {turn_, attempt_, seq}, .text = text_, .reasoning = reasoning_};
}

std::vector<Event> TurnLog::take(std::optional<Position>& after, std::size_t bytes_max)
{
    const std::lock_guard lock(mutex_);
    std::vector<Event> batch;
    const auto first_seq = last_seq_ - static_cast<std::int64_t>(ring_.size()) + 1;
    if (!after)
        after = Position{turn_, attempt_, 0};
    const bool is_known =
        after->turn == turn_ && after->attempt == attempt_ && after->seq >= first_seq - 1 && after->seq <= last_seq_;
    if (!is_known) {
        batch.push_back(reset_event());
        after = batch.back().id;
    }
    std::size_t bytes = 0;
    for (auto i = static_cast<std::size_t>(after->seq - first_seq + 1); i < ring_.size() && bytes < bytes_max; ++i) {
        const auto& event = ring_[i];
        bytes += event.bytes();
        if (!batch.empty() && batch.back().kind == EventKind::delta && event.kind == EventKind::delta) {
            batch.back().id = event.id;
            batch.back().text += event.text;
            batch.back().reasoning += event.reasoning;
        } else {
            batch.push_back(event);
        }
        after = event.id;
    }
    return batch;
}

void TurnLog::wake_all()
{
    for (const auto& waker : wakers_) {
        if (std::exchange(waker->is_posted, true))
            continue;
        asio::post(waker->executor, [waker] { waker->signal->notify(); });
    }
}

void TurnLog::add(std::shared_ptr<Waker> waker)
{
    const std::lock_guard lock(mutex_);
    wakers_.push_back(std::move(waker));
}

void TurnLog::remove(const std::shared_ptr<Waker>& waker)
{
    const std::lock_guard lock(mutex_);
    std::erase(wakers_, waker);
}

Follower::Follower(std::shared_ptr<TurnLog> log, std::optional<Position> after, Executor executor)
    : log_(std::move(log)),
      after_(std::move(after)),
      waker_(std::make_shared<TurnLog::Waker>(executor, std::make_shared<async::Signal>(executor)))
{
    log_->add(waker_);
}

Follower::~Follower()
{
    log_->remove(waker_);
}

Task<Result<std::vector<Event>>> Follower::next()
{
    while (!is_closed_) {
        bool has_ended = false;
        std::shared_ptr<TurnLog> next;
        {
            // Looked at before the events are taken: what comes later wakes again.
            const std::lock_guard lock(log_->mutex_);
            waker_->is_posted = false;
            has_ended = log_->ended_;
            next = log_->next_;
        }
        auto batch = log_->take(after_, batch_bytes_max);
        if (!batch.empty())
            co_return batch;
        if (next) {
            log_->remove(waker_);
            log_ = std::move(next);
            log_->add(waker_);
            continue; // the position is of an older attempt: a reset
        }
        if (has_ended)
            break;
        co_await waker_->signal->wait_until();
    }
    co_return std::vector<Event>{};
}

void Follower::close()
{
    is_closed_ = true;
    waker_->signal->notify();
}

} // namespace siyu::events
