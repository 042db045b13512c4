#pragma once

#include "core/async/signal.hpp"
#include "state/events/event.hpp"

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace siyu::events {

/// The numbered events of one attempt of a turn: the one object that the turn's thread and its readers' threads share. Appended
/// on the turn's thread, read from any. Keeps the newest events within `ring_bytes_max` and the whole text, so that a reader
/// whose position it no longer has gets a `reset`. Held by shared_ptr.
class TurnLog {
public:
    /// `text` and `reasoning` are what earlier attempts left; they become the first event, a reset.
    TurnLog(TurnId turn, std::int64_t attempt, std::string text = {}, std::string reasoning = {});

    /// A turn that ended before this process knew it: its stored text, and the `end` with its number.
    static std::shared_ptr<TurnLog> stored(Event end, std::string text, std::string reasoning);

    /// Each returns the event's seq. Nothing may follow `end`.
    std::int64_t append_delta(std::string text, std::string reasoning);
    std::int64_t append_status(Phase phase, std::string model);
    std::int64_t append_end(TurnState state, std::string finish_reason, boost::json::object usage, boost::json::object problem);

    /// Another attempt goes on in `next`: readers are sent there, with a reset.
    void supersede(std::shared_ptr<TurnLog> next);

    const TurnId& turn() const { return turn_; }
    std::int64_t attempt() const { return attempt_; }
    std::int64_t last_seq() const;
    bool has_ended() const;

private:
    friend class Follower;
    struct Waker {
        Executor executor;
        std::shared_ptr<async::Signal> signal;
        bool is_posted = false; // under the mutex: one wake per batch
    };
    std::int64_t append(Event event);
    Event reset_event() const; // under the mutex
    /// What follows `after` (by then at most `bytes_max`, deltas joined), or the reset in its place; moves `after` on.
    std::vector<Event> take(std::optional<Position>& after, std::size_t bytes_max);
    void wake_all(); // under the mutex
    void add(std::shared_ptr<Waker> waker);
    void remove(const std::shared_ptr<Waker>& waker);

    const TurnId turn_;
    const std::int64_t attempt_;
    mutable std::mutex mutex_;
    std::deque<Event> ring_;
    std::size_t ring_bytes_ = 0;
    std::int64_t last_seq_ = 0;
    std::string text_;
    std::string reasoning_;
    bool ended_ = false;
    std::shared_ptr<TurnLog> next_;
    std::vector<std::shared_ptr<Waker>> wakers_;
};

/// One reader of a turn. Lives on its own thread. It pulls, so a slow one holds up nobody.
class Follower {
public:
    /// From the event after `after`; empty: from the beginning.
    Follower(std::shared_ptr<TurnLog> log, std::optional<Position> after, Executor executor);
    ~Follower();
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;

    /// The next batch, waiting for one; empty when the turn has ended and all was read, or after `close`.
    Task<Result<std::vector<Event>>> next();
    /// A waiting `next` returns soon. On the follower's thread.
    void close();

private:
    std::shared_ptr<TurnLog> log_;
    std::optional<Position> after_;
    std::shared_ptr<TurnLog::Waker> waker_;
    bool is_closed_ = false;
};

} // namespace siyu::events
