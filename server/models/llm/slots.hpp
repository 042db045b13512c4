#pragma once

#include "core/async/signal.hpp"
#include "io/net/abort.hpp"

#include <deque>
#include <memory>
#include <mutex>
#include <utility>

namespace siyu::llm {

/// How many calls an upstream takes at once, and the bounded queue of those that wait: first come, first served. Thread-safe;
/// held by shared_ptr, and each slot keeps it alive.
class Slots : public std::enable_shared_from_this<Slots> {
public:
    /// Leave for one call; letting it go hands it to the next that waits.
    class Slot {
    public:
        Slot() = default;
        explicit Slot(std::shared_ptr<Slots> slots) : slots_(std::move(slots)) { }
        Slot(Slot&&) noexcept = default;
        Slot& operator=(Slot&& other) noexcept
        {
            std::swap(slots_, other.slots_);
            return *this;
        }
        ~Slot()
        {
            if (slots_)
                slots_->release();
        }

    private:
        std::shared_ptr<Slots> slots_;
    };

    Slots(std::size_t running_max, std::size_t waiting_max) : running_max_(running_max), waiting_max_(waiting_max) { }

    /// Waits on the caller's thread. Errc::rate_limited "model_queue_full" when too many wait already, cancelled by `abort`
    /// (may be null), timeout "slot_timeout" at `deadline`.
    Task<Result<Slot>> acquire(std::shared_ptr<http::Abort> abort, std::chrono::steady_clock::time_point deadline);

    /// The upstream has told how much it can do at once.
    void set_running_max(std::size_t running_max);
    /// Nobody waits and a slot is free.
    bool is_idle() const;
    std::size_t running() const;
    std::size_t waiting() const;

private:
    struct Waiter;
    void release();
    void grant_free_slots(); // under the mutex

    mutable std::mutex mutex_;
    std::size_t running_max_;
    const std::size_t waiting_max_;
    std::size_t running_ = 0;
    std::deque<std::shared_ptr<Waiter>> waiting_;
};

} // namespace siyu::llm
