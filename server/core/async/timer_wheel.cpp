#include "core/async/timer_wheel.hpp"

#include "core/async/signal.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace siyu::async {

namespace {

std::int64_t ticks(TimerWheel::TimePoint time)
{
    return time.time_since_epoch() / TimerWheel::tick;
}

void link_before(detail::TimerLink& place, detail::TimerLink& timer)
{
    timer.previous = place.previous;
    timer.next = &place;
    place.previous->next = &timer;
    place.previous = &timer;
}

void unlink(detail::TimerLink& timer)
{
    timer.previous->next = timer.next;
    timer.next->previous = timer.previous;
    timer.previous = timer.next = &timer;
}

    // Takes over all that hangs on `from`.
void splice(detail::TimerLink& from, detail::TimerLink& to)
{
    if (from.next == &from)
        return;
    to.next = std::exchange(from.next, &from);
    to.previous = std::exchange(from.previous, &from);
    to.next->previous = &to;
    to.previous->next = &to;
}

    /// Drives a wheel by one Asio timer; belongs to its io_context.
class LoopTimers final : public asio::execution_context::service, public TimerWheel {
public:
    static inline asio::execution_context::id id;
    explicit LoopTimers(asio::execution_context& context) : service(context)
    {
        timer_.emplace(static_cast<asio::io_context&>(context).get_executor());
    }

private:
    void shutdown() override { timer_.reset(); }
    TimePoint now() const override { return std::chrono::steady_clock::now(); }
    void wake_at(TimePoint time) override
    {
        if (!timer_)
            return; // the loop is being torn down
        timer_->expires_at(time);
        timer_->async_wait([this](boost::system::error_code error) {
            if (!error)
                expire();
        });
    }

    std::optional<SteadyTimer> timer_;
};

} // namespace

void Timer::set(std::chrono::steady_clock::duration after)
{
    clear();
    wheel_.insert(*this, after);
}

void Timer::clear()
{
    if (is_set())
        wheel_.remove(*this);
}

void TimerWheel::insert(Timer& timer, std::chrono::steady_clock::duration after)
{
    const auto time = now();
    if (size_ == 0)
        done_ = ticks(time);
    timer.due_ = std::max(ticks(time + after) + 1, done_ + 1);
    link_before(slots_[static_cast<std::size_t>(timer.due_) % slots], timer);
    ++size_;
    if (planned_ == 0 || timer.due_ < planned_)
        plan(timer.due_);
}

void TimerWheel::remove(Timer& timer)
{
    unlink(timer);
    --size_;
}

void TimerWheel::plan(std::int64_t tick_number)
{
    planned_ = tick_number;
    wake_at(TimePoint(tick * tick_number));
}

void TimerWheel::expire()
{
    const auto current = ticks(now());
    const auto first = std::max(done_ + 1, current - static_cast<std::int64_t>(slots) + 1);
    planned_ = 0;
    for (auto number = first; number <= current; ++number) {
        done_ = number;
        detail::TimerLink due;
        auto& slot = slots_[static_cast<std::size_t>(number) % slots];
        splice(slot, due);
        while (due.next != &due) {
            auto& timer = static_cast<Timer&>(*due.next);
            unlink(timer);
            if (timer.due_ > current) {
                link_before(slot, timer);
                continue;
            }
            --size_;
            timer.action_();
        }
    }
    if (size_ > 0)
        plan(next_filled());
}

std::int64_t TimerWheel::next_filled() const
{
    auto number = done_ + 1;
    while (slots_[static_cast<std::size_t>(number) % slots].next == &slots_[static_cast<std::size_t>(number) % slots])
        ++number;
    return number;
}

TimerWheel& timers_of(Executor executor)
{
    return asio::use_service<LoopTimers>(executor.context());
}

} // namespace siyu::async
