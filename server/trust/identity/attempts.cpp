#include "trust/identity/attempts.hpp"

#include "trust/policy/rate_limit.hpp"

#include <algorithm>

namespace siyu::identity {
namespace {

std::string account_key(const std::string& name)
{
    return "account " + name;
}

std::string address_key(const std::string& address)
{
    return "address " + policy::rate_key_of_address(address);
}

} // namespace

std::optional<Time> Attempts::lock_of(const std::string& key, Time now) const
{
    const auto found = by_key_.find(key);
    if (found == by_key_.end() || !found->second->locked_until || *found->second->locked_until <= now)
        return std::nullopt;
    return found->second->locked_until;
}

std::optional<Time> Attempts::locked_until(const std::string& name, const std::string& address, Time now)
{
    const std::lock_guard lock(guard_);
    const auto account = lock_of(account_key(name), now);
    const auto from = address.empty() ? std::nullopt : lock_of(address_key(address), now);
    return std::max(account, from); // nothing is less than any time
}

Attempts::Count& Attempts::count_of(const std::string& key, Time now)
{
    if (const auto found = by_key_.find(key); found != by_key_.end()) {
        by_use_.splice(by_use_.begin(), by_use_, found->second);
    } else {
        if (by_use_.size() >= keys_max) {
            by_key_.erase(by_use_.back().key);
            by_use_.pop_back();
        }
        by_use_.push_front({.key = key, .failures = 0, .last = now, .locked_until = std::nullopt});
        by_key_.emplace(key, by_use_.begin());
    }
    auto& count = by_use_.front();
    const bool is_lock_over = count.locked_until && *count.locked_until <= now;
    if (is_lock_over || now - count.last >= limits_.duration) {
        count.failures = 0;
        count.locked_until.reset();
    }
    return count;
}

bool Attempts::add_failure(Count& count, std::int64_t limit, Time now) const
{
    ++count.failures;
    count.last = now;
    if (count.failures < limit || count.locked_until)
        return false;
    count.locked_until = now + limits_.duration;
    return true;
}

Attempts::Failure Attempts::fail(const std::string& name, const std::string& address, Time now)
{
    const std::lock_guard lock(guard_);
    Failure out;
    auto& account = count_of(account_key(name), now);
    out.has_locked_account = add_failure(account, limits_.account_failures, now);
    out.account_failures = account.failures;
    out.account_locked_until = account.locked_until;
    if (!address.empty())
        out.has_locked_address = add_failure(count_of(address_key(address), now), limits_.address_failures, now);
    return out;
}

void Attempts::succeed(const std::string& name)
{
    const std::lock_guard lock(guard_);
    const auto found = by_key_.find(account_key(name));
    if (found == by_key_.end())
        return;
    by_use_.erase(found->second);
    by_key_.erase(found);
}

} // namespace siyu::identity
