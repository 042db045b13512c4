#pragma once

#include "state/storage/journal.hpp"
#include "state/storage/storage.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace siyu::storage {

/// A Commit on its way to the writer. `done` is empty when nobody waits for it.
struct PendingCommit {
    Commit commit;
    std::move_only_function<void(Result<void>)> done;
    std::chrono::steady_clock::time_point queued_at;
    std::size_t bytes = 0;
};

/// What waits for the journal's writer, bounded in number and bytes, and its figures. Thread-safe.
class JournalQueue {
public:
    /// False, and nothing is taken from `pending`, when the queue is full or stopped.
    bool push(PendingCommit& pending);

    /// Waits for something to write and for its company. May give an empty group, so that the writer can look after its
    /// checkpoints; nothing at all once the queue is stopped and empty.
    std::optional<std::vector<PendingCommit>> take();

    /// What nobody waits for and could not be written comes back to the front, in its order, for a later try. False, and it is
    /// lost, once the queue is stopped.
    bool put_back(std::vector<PendingCommit> group);

    void stop();

    void count_written(std::size_t group, std::size_t events);
    void count_failure();
    JournalStats stats() const;

private:
    bool is_due() const;

    mutable std::mutex mutex_;
    std::condition_variable woken_;
    std::deque<PendingCommit> waiting_;
    std::size_t bytes_ = 0;
    std::size_t awaited_ = 0; ///< of those, how many somebody waits for
    std::size_t last_awaited_ = 0; ///< of the last group: whether company is likely
    std::chrono::steady_clock::time_point retry_at_;
    bool is_stopped_ = false;
    JournalStats stats_;
};

} // namespace siyu::storage
