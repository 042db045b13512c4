#pragma once

#include "core/base/clock.hpp"
#include "state/events/turn_log.hpp"

#include <deque>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace siyu::events {

/// The logs of the turns that run here, and for a while of those that ended. Thread-safe; outlives its users.
class TurnLogs {
public:
    explicit TurnLogs(const Clock& clock) : clock_(clock) { }

    /// Also sends the readers of an earlier attempt on to this one.
    void add(std::shared_ptr<TurnLog> log);
    /// The turn has ended: its log may go after `kept_after_end`, or earlier when there are many.
    void retire(const TurnId& turn);
    /// Null when this process does not (or no longer) have it.
    std::shared_ptr<TurnLog> find(const TurnId& turn);
    std::size_t size() const;

private:
    void drop_old(); // under the mutex

    struct Retired {
        Time since;
        std::shared_ptr<TurnLog> log;
    };
    const Clock& clock_;
    mutable std::mutex mutex_;
    std::unordered_map<TurnId, std::shared_ptr<TurnLog>> logs_;
    std::deque<Retired> retired_; // oldest first
};

} // namespace siyu::events
