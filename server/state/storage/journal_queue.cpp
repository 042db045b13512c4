#include "state/storage/journal_queue.hpp"

#include "state/storage/limits.hpp"

#include <iterator>

namespace siyu::storage {
namespace {

using SteadyClock = std::chrono::steady_clock;

std::size_t bytes_of(const db::Value& value)
{
    if (const auto* text = std::get_if<std::string>(&value))
        return text->size();
    if (const auto* bytes = std::get_if<Bytes>(&value))
        return bytes->size();
    return sizeof(db::Value);
}

std::size_t bytes_of(const Commit& commit)
{
    std::size_t sum = commit.events.size() * sizeof(AuditEvent);
    for (const auto& change : commit.changes)
        for (const auto& value : change.values)
            sum += bytes_of(value);
    return sum;
}

} // namespace

bool JournalQueue::push(PendingCommit& pending)
{
    const auto bytes = bytes_of(pending.commit);
    const std::scoped_lock lock(mutex_);
    // One that is larger than all bounds may still go alone.
    const bool is_full = waiting_.size() >= queue_max || (bytes_ > 0 && bytes_ + bytes > queue_bytes_max);
    if (is_stopped_ || is_full)
        return false;
    pending.queued_at = SteadyClock::now();
    pending.bytes = bytes;
    const bool is_awaited = static_cast<bool>(pending.done);
    waiting_.push_back(std::move(pending));
    bytes_ += bytes;
    awaited_ += is_awaited ? 1 : 0;
    if (is_awaited || waiting_.size() >= group_max)
        woken_.notify_one();
    return true;
}

bool JournalQueue::is_due() const
{
    if (is_stopped_ || awaited_ > 0)
        return true;
    const auto now = SteadyClock::now();
    if (waiting_.empty() || now < retry_at_)
        return false;
    return waiting_.size() >= group_max || now - waiting_.front().queued_at >= recorded_patience;
}

std::optional<std::vector<PendingCommit>> JournalQueue::take()
{
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, writer_tick, [this] { return is_due(); });
    if (is_stopped_ && waiting_.empty())
        return std::nullopt;
    std::vector<PendingCommit> group;
    if (!is_due())
        return group;
    // While callers come in numbers, those of the last group are about to come again: one flush for all of them.
    if (last_awaited_ > 1 && !is_stopped_)
        woken_.wait_for(lock, group_patience, [this] { return is_stopped_ || awaited_ >= std::min(group_max, last_awaited_); });
    last_awaited_ = 0;
    while (!waiting_.empty() && group.size() < group_max) {
        auto& next = waiting_.front();
        bytes_ -= next.bytes;
        last_awaited_ += next.done ? 1 : 0;
        group.push_back(std::move(next));
        waiting_.pop_front();
    }
    awaited_ -= last_awaited_;
    return group;
}

bool JournalQueue::put_back(std::vector<PendingCommit> group)
{
    const std::scoped_lock lock(mutex_);
    if (is_stopped_)
        return false;
    retry_at_ = SteadyClock::now() + recorded_patience;
    for (const auto& pending : group)
        bytes_ += pending.bytes;
    waiting_.insert(waiting_.begin(), std::move_iterator(group.begin()), std::move_iterator(group.end()));
    return true;
}

void JournalQueue::stop()
{
    const std::scoped_lock lock(mutex_);
    is_stopped_ = true;
    woken_.notify_one();
}

void JournalQueue::count_written(std::size_t group, std::size_t events)
{
    const std::scoped_lock lock(mutex_);
    stats_.last_group = group;
    stats_.groups += 1;
    stats_.events += events;
}

void JournalQueue::count_failure()
{
    const std::scoped_lock lock(mutex_);
    stats_.failures += 1;
}

JournalStats JournalQueue::stats() const
{
    const std::scoped_lock lock(mutex_);
    auto stats = stats_;
    stats.queued = waiting_.size();
    if (!waiting_.empty())
        stats.lag = std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - waiting_.front().queued_at);
    return stats;
}

} // namespace siyu::storage
