#pragma once

#include "core/async/task.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>

namespace siyu::async {

class TimerWheel;

namespace detail {
struct TimerLink {
    TimerLink* previous = this;
    TimerLink* next = this;
};
} // namespace detail

/// One timeout that is set and cleared many times, for the price of four pointers. Lives on its wheel's thread and is bound to
/// its place in memory; the wheel outlives it.
class Timer : detail::TimerLink {
public:
    Timer(TimerWheel& wheel, std::function<void()> action) : wheel_(wheel), action_(std::move(action)) { }
    ~Timer() { clear(); }
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    /// Calls the action once, `after` from now or up to two ticks later. Replaces what was set.
    void set(std::chrono::steady_clock::duration after);
    void clear();
    bool is_set() const { return next != this; }

private:
    friend class TimerWheel;
    TimerWheel& wheel_;
    std::function<void()> action_;
    std::int64_t due_ = 0; // tick
};

/// The timeouts of one thread. Slot `tick % slots` holds the timers due at that tick or whole turns of the wheel later. It
/// keeps no time itself: whoever drives it tells the time, and is told when to come back.
class TimerWheel {
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::milliseconds tick{20};
    static constexpr std::size_t slots = 512;

    virtual ~TimerWheel() = default;

    /// Calls the actions that are due. They may set, clear and destroy any timer.
    void expire();
    std::size_t size() const { return size_; }

protected:
    virtual TimePoint now() const = 0;
    /// `expire` is to be called at `time`; replaces what was asked before.
    virtual void wake_at(TimePoint time) = 0;

private:
    friend class Timer;
    void insert(Timer& timer, std::chrono::steady_clock::duration after);
    void remove(Timer& timer);
    std::int64_t next_filled() const;
    void plan(std::int64_t tick_number);

    std::array<detail::TimerLink, slots> slots_;
    std::size_t size_ = 0;
    std::int64_t done_ = 0; // the last tick that was expired
    std::int64_t planned_ = 0; // zero: none
};

/// The wheel of the thread that runs the executor's loop. Made at the first call.
TimerWheel& timers_of(Executor executor);

} // namespace siyu::async
