#include "trust/identity/api_keys.hpp"

#include "core/crypto/hash.hpp"
#include "core/crypto/random.hpp"
#include "trust/identity/audit_trail.hpp"
#include "trust/identity/directory.hpp"
#include "trust/identity/limits.hpp"
#include "trust/identity/names.hpp"

#include <algorithm>

namespace siyu::identity {
namespace {

constexpr std::size_t shown_chars = 12; ///< of a key: its prefix and four characters to recognise it by

bool is_usable(const storage::ApiKey& key, Time now)
{
    return !key.revoked_at && now < key.expires_at;
}

} // namespace

Task<Result<void>> ApiKeyBook::load()
{
    auto keys = co_await parts_.keys.list_live(parts_.tenant, parts_.clock.now());
    if (!keys)
        co_return fail(keys.error());
    for (const auto& key : *keys)
        admit(key, true);
    co_return Result<void>();
}

void ApiKeyBook::admit(const storage::ApiKey& key, bool is_confirmed)
{
    auto entry = std::make_shared<Entry>();
    entry->key = key;
    entry->is_confirmed = is_confirmed;
    entry->last_used_us = key.last_used_at ? to_micros(*key.last_used_at) : 0;
    const std::unique_lock lock(guard_);
    by_key_hash_[std::string(as_text(key.key_hash))] = std::move(entry);
}

bool ApiKeyBook::confirm(const storage::ApiKey& key)
{
    const std::shared_lock lock(guard_);
    const auto found = by_key_hash_.find(std::string(as_text(key.key_hash)));
    if (found != by_key_hash_.end())
        found->second->is_confirmed = true;
    return found != by_key_hash_.end();
}

std::optional<storage::ApiKey> ApiKeyBook::find(std::string_view key)
{
    if (!key.starts_with(key_prefix) || key.size() > token_chars_max)
        return std::nullopt;
    const auto digest = crypto::sha256(as_bytes(key));
    const std::shared_lock lock(guard_);
    const auto found = by_key_hash_.find(std::string(as_text(digest)));
    const auto now = parts_.clock.now();
    if (found == by_key_hash_.end() || !found->second->is_confirmed || !is_usable(found->second->key, now))
        return std::nullopt;
    found->second->last_used_us.store(to_micros(now), std::memory_order_relaxed);
    found->second->is_touched.store(true, std::memory_order_relaxed);
    return found->second->key;
}

Task<Result<NewApiKey>> ApiKeyBook::create(Act act, UserId owner, std::string name, std::int64_t days)
{
    if (auto checked = check_label(name, key_name_chars_max, "name"); !checked)
        co_return fail(checked.error());
    if (days < 1 || days > days_max)
        co_return fail(Errc::invalid, "a key lives 1 to 3650 days", "out_of_range", "expires_in_days");
    const auto user = co_await parts_.directory.refresh(owner);
    if (!user)
        co_return fail(user.error());
    const auto now = parts_.clock.now();
    const auto existing = co_await parts_.keys.list({parts_.tenant, owner});
    if (!existing)
        co_return fail(existing.error());
    const auto usable = std::ranges::count_if(*existing, [&](const storage::ApiKey& key) { return is_usable(key, now); });
    if (static_cast<std::size_t>(usable) >= keys_per_user_max)
        co_return fail(Errc::conflict, "this user has as many keys as one may", "too_many_keys");

    NewApiKey made;
    made.key = std::string(key_prefix) + crypto::random_token();
    const auto digest = crypto::sha256(as_bytes(made.key));
    made.entry = {.id = ApiKeyId::make(now),
        .user = owner,
        .name = std::move(name),
        .prefix = made.key.substr(0, shown_chars),
        .key_hash = crypto::to_bytes(digest),
        .created_at = now,
        .expires_at = now + std::chrono::days(days),
        .last_used_at = std::nullopt,
        .revoked_at = std::nullopt};
    admit(made.entry, false);

    storage::Commit commit;
    commit.changes.push_back(parts_.keys.insert(parts_.tenant, made.entry));
    commit.events.push_back(parts_.trail.event(act, "apikey.create", "apikey", made.entry.id.text));
    auto committed = co_await parts_.journal.commit(std::move(commit));
    if (!committed) {
        forget_if([&](const Entry& entry) { return entry.key.id == made.entry.id; });
        co_return fail(committed.error());
    }
    if (confirm(made.entry))
        co_return made;
    // The account was disabled between our look and the commit: the row must not outlive that.
    storage::Commit undo;
    undo.changes.push_back(parts_.keys.revoke_all(parts_.tenant, owner, now));
    undo.events.push_back(parts_.trail.event(act, "apikey.revoke", "apikey", made.entry.id.text));
    if (auto undone = co_await parts_.journal.commit(std::move(undo)); !undone)
        co_return fail(undone.error());
    co_return fail(Errc::conflict, "the account was disabled meanwhile");
}

Task<Result<std::vector<storage::ApiKey>>> ApiKeyBook::list(Act act)
{
    auto keys = co_await parts_.keys.list(act.by.scope());
    if (!keys)
        co_return fail(keys.error());
    const std::shared_lock lock(guard_);
    for (auto& key : *keys)
        if (const auto found = by_key_hash_.find(std::string(as_text(key.key_hash))); found != by_key_hash_.end())
            if (const auto used = found->second->last_used_us.load(); used > 0)
                key.last_used_at = from_micros(used);
    co_return std::move(*keys);
}

Task<Result<void>> ApiKeyBook::revoke(Act act, ApiKeyId id)
{
    storage::Commit commit;
    commit.changes.push_back(parts_.keys.revoke(act.by.scope(), id, parts_.clock.now()));
    commit.events.push_back(parts_.trail.event(act, "apikey.revoke", "apikey", id.text));
    auto committed = co_await parts_.journal.commit(std::move(commit));
    if (!committed)
        co_return committed.error().code == Errc::conflict ? fail(Errc::not_found, "no such key") : fail(committed.error());
    forget_if([&](const Entry& entry) { return entry.key.id == id; });
    co_return Result<void>();
}

storage::Change ApiKeyBook::revoke_all(UserId user)
{
    return parts_.keys.revoke_all(parts_.tenant, std::move(user), parts_.clock.now());
}

void ApiKeyBook::forget_all(UserId user)
{
    forget_if([&](const Entry& entry) { return entry.key.user == user; });
}

void ApiKeyBook::forget_if(const std::function<bool(const Entry&)>& is_gone)
{
    std::vector<std::string> gone;
    {
        const std::unique_lock lock(guard_);
        std::erase_if(by_key_hash_, [&](const auto& item) {
            if (!is_gone(*item.second))
                return false;
            gone.push_back(item.second->key.id.text);
            return true;
        });
    }
    for (const auto& id : gone)
        parts_.revocations.announce(id);
}

void ApiKeyBook::upkeep()
{
    const auto now = parts_.clock.now();
    forget_if([&](const Entry& entry) { return !is_usable(entry.key, now); });

    std::vector<storage::Commit> commits;
    {
        const std::shared_lock lock(guard_);
        for (const auto& [hash, entry] : by_key_hash_) {
            if (!entry->is_confirmed || !entry->is_touched.exchange(false))
                continue;
            if (commits.empty() || commits.back().changes.size() >= touches_per_commit_max)
                commits.emplace_back();
            commits.back().changes.push_back(
                parts_.keys.touch(parts_.tenant, entry->key.id, from_micros(entry->last_used_us.load())));
        }
    }
    // A full queue drops the touches: the next call with each key makes another.
    for (auto& commit : commits)
        parts_.journal.submit(std::move(commit));
}

std::set<UserId> ApiKeyBook::owners() const
{
    std::set<UserId> out;
    const std::shared_lock lock(guard_);
    for (const auto& [hash, entry] : by_key_hash_)
        out.insert(entry->key.user);
    return out;
}

} // namespace siyu::identity
