#pragma once

#include "core/async/task.hpp"

#include <boost/asio/basic_waitable_timer.hpp>

#include <chrono>
#include <vector>

namespace siyu::async {

using SteadyTimer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

/// Wakes the coroutines that wait on it. Lives on one thread: `notify` from another goes through `asio::post`.
/// A notify that finds nobody waiting is not remembered: check the condition, then wait.
class Signal {
public:
    explicit Signal(Executor executor) : executor_(executor) { }

    /// Returns when notified, or at `deadline`.
    Task<> wait_until(std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max());
    Task<> wait_for(std::chrono::steady_clock::duration patience)
    {
        return wait_until(std::chrono::steady_clock::now() + patience);
    }
    void notify();

    Executor executor() const { return executor_; }

private:
    Executor executor_;
    std::vector<SteadyTimer*> waiting_; // each lives in the frame of the coroutine that waits
};

/// Returns after `duration`.
Task<> sleep_for(std::chrono::steady_clock::duration duration);

} // namespace siyu::async
