#include "state/events/turn_logs.hpp"

#include "state/events/limits.hpp"

namespace siyu::events {

void TurnLogs::add(std::shared_ptr<TurnLog> log)
{
    const std::lock_guard lock(mutex_);
    auto& place = logs_[log->turn()];
    if (place)
        place->supersede(log);
    place = std::move(log);
    drop_old();
}

void TurnLogs::retire(const TurnId& turn)
{
    const std::lock_guard lock(mutex_);
    if (const auto found = logs_.find(turn); found != logs_.end())
        retired_.push_back({clock_.now(), found->second});
    drop_old();
}

std::shared_ptr<TurnLog> TurnLogs::find(const TurnId& turn)
{
    const std::lock_guard lock(mutex_);
    drop_old();
    const auto found = logs_.find(turn);
    return found == logs_.end() ? nullptr : found->second;
}

std::size_t TurnLogs::size() const
{
    const std::lock_guard lock(mutex_);
    return logs_.size();
}

void TurnLogs::drop_old()
{
    while (!retired_.empty() && (retired_.size() > ended_max || clock_.now() - retired_.front().since > kept_after_end)) {
        const auto found = logs_.find(retired_.front().log->turn());
        if (found != logs_.end() && found->second == retired_.front().log) // else another attempt runs
            logs_.erase(found);
        retired_.pop_front();
    }
}

} // namespace siyu::events
