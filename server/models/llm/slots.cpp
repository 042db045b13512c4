#include "models/llm/slots.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

namespace siyu::llm {

struct Slots::Waiter {
    Executor executor;
    std::shared_ptr<async::Signal> woken;
    bool is_granted = false; // under the mutex
};

Task<Result<Slots::Slot>> Slots::acquire(std::shared_ptr<http::Abort> abort, std::chrono::steady_clock::time_point deadline)
{
    const Executor executor = co_await asio::this_coro::executor;
    auto waiter = std::make_shared<Waiter>(executor, std::make_shared<async::Signal>(executor));
    {
        const std::lock_guard lock(mutex_);
        if (running_ < running_max_ && waiting_.empty()) {
            ++running_;
            co_return Slot(shared_from_this());
        }
        if (waiting_.size() >= waiting_max_)
            co_return fail(Errc::rate_limited, "too many calls wait for this model", "model_queue_full");
        waiting_.push_back(waiter);
    }
    const auto handle = abort ? abort->on_trigger([waiter] { waiter->woken->notify(); }) : nullptr;
    for (;;) {
        const bool is_aborted = abort && abort->is_triggered();
        const bool is_late = std::chrono::steady_clock::now() >= deadline;
        {
            const std::lock_guard lock(mutex_);
            if (waiter->is_granted)
                co_return Slot(shared_from_this()); // an abort gives it back by letting it go
            if (is_aborted || is_late)
                std::erase(waiting_, waiter);
        }
        if (is_aborted)
            co_return fail(Errc::cancelled, "ended while it waited for the model");
        if (is_late)
            co_return fail(Errc::timeout, "no slot became free", "slot_timeout");
        co_await waiter->woken->wait_until(deadline);
    }
}

void Slots::release()
{
    const std::lock_guard lock(mutex_);
    --running_;
    grant_free_slots();
}

void Slots::grant_free_slots()
{
    while (running_ < running_max_ && !waiting_.empty()) {
        auto waiter = std::move(waiting_.front());
        waiting_.pop_front();
        waiter->is_granted = true;
        ++running_;
        asio::post(waiter->executor, [waiter] { waiter->woken->notify(); });
    }
}

void Slots::set_running_max(std::size_t running_max)
{
    const std::lock_guard lock(mutex_);
    running_max_ = running_max;
    grant_free_slots();
}

bool Slots::is_idle() const
{
    const std::lock_guard lock(mutex_);
    return waiting_.empty() && running_ < running_max_;
}

std::size_t Slots::running() const
{
    const std::lock_guard lock(mutex_);
    return running_;
}

std::size_t Slots::waiting() const
{
    const std::lock_guard lock(mutex_);
    return waiting_.size();
}

} // namespace siyu::llm
