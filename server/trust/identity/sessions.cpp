#include "trust/identity/sessions.hpp"

#include "core/base/text.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/random.hpp"
#include "trust/identity/audit_trail.hpp"
#include "trust/identity/limits.hpp"

#include <algorithm>

namespace siyu::identity {
namespace {

std::string hash_of(std::string_view token)
{
    const auto digest = crypto::sha256(as_bytes(token));
    return std::string(as_text(digest));
}

/// What the browser called itself, cut to what a list of sessions can show.
std::string client_of(const Client& from)
{
    std::string out(utf8_prefix(from.user_agent, user_agent_bytes_max));
    if (!is_utf8(out))
        return {};
    std::ranges::replace_if(out, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, ' ');
    return out;
}

} // namespace

storage::Session SessionBook::Entry::snapshot() const
{
    auto out = session;
    out.last_seen_at = from_micros(last_seen_us.load(std::memory_order_relaxed));
    return out;
}

bool SessionBook::is_live(const Entry& entry, Time now) const
{
    const auto last_seen = from_micros(entry.last_seen_us.load(std::memory_order_relaxed));
    return now < entry.session.expires_at && now - last_seen < parts_.limits.idle;
}

Task<Result<void>> SessionBook::load()
{
    const auto now = parts_.clock.now();
    auto sessions = co_await parts_.sessions.list_live(parts_.tenant, now);
    if (!sessions)
        co_return fail(sessions.error());
    const std::unique_lock lock(guard_);
    for (auto& session : *sessions) {
        auto entry = std::make_shared<Entry>();
        entry->last_seen_us = to_micros(session.last_seen_at);
        entry->is_confirmed = true;
        entry->session = std::move(session);
        if (is_live(*entry, now))
            by_token_hash_[std::string(as_text(entry->session.token_hash))] = std::move(entry);
    }
    co_return Result<void>();
}

std::optional<storage::Session> SessionBook::find(std::string_view token)
{
    if (token.size() > token_chars_max)
        return std::nullopt;
    const auto key = hash_of(token);
    const std::shared_lock lock(guard_);
    const auto found = by_token_hash_.find(key);
    const auto now = parts_.clock.now();
    if (found == by_token_hash_.end() || !found->second->is_confirmed || !is_live(*found->second, now))
        return std::nullopt;
    auto& entry = *found->second;
    entry.last_seen_us.store(to_micros(now), std::memory_order_relaxed);
    entry.is_touched.store(true, std::memory_order_relaxed);
    return entry.snapshot();
}

SessionBook::Opened SessionBook::open(UserId user, const Client& from)
{
    const auto now = parts_.clock.now();
    Opened opened;
    opened.token = crypto::random_token();
    const auto key = hash_of(opened.token);
    opened.session = {.id = SessionId::make(now),
        .user = std::move(user),
        .token_hash = crypto::to_bytes(as_bytes(key)),
        .csrf_token = crypto::random_token(),
        .client = client_of(from),
        .created_at = now,
        .last_seen_at = now,
        .expires_at = now + parts_.limits.absolute,
        .revoked_at = std::nullopt};
    opened.change = parts_.sessions.insert(parts_.tenant, opened.session);
    auto entry = std::make_shared<Entry>();
    entry->session = opened.session;
    entry->last_seen_us = to_micros(now);
    const std::unique_lock lock(guard_);
    by_token_hash_[key] = std::move(entry);
    return opened;
}

SessionBook::EntryPointer SessionBook::find_by_id(const SessionId& id) const
{
    const std::shared_lock lock(guard_);
    for (const auto& [hash, entry] : by_token_hash_)
        if (entry->session.id == id)
            return entry;
    return nullptr;
}

bool SessionBook::confirm(const SessionId& id)
{
    const auto entry = find_by_id(id);
    if (entry)
        entry->is_confirmed = true;
    return entry != nullptr;
}

void SessionBook::abandon(const SessionId& id)
{
    forget_if([&](const Entry& entry) { return entry.session.id == id; });
}

std::vector<storage::Session> SessionBook::list(UserId user) const
{
    std::vector<storage::Session> out;
    const auto now = parts_.clock.now();
    {
        const std::shared_lock lock(guard_);
        for (const auto& [hash, entry] : by_token_hash_)
            if (entry->session.user == user && entry->is_confirmed && is_live(*entry, now))
                out.push_back(entry->snapshot());
    }
    std::ranges::sort(out, [](const auto& a, const auto& b) { return a.id > b.id; }); // ids begin with their time
    return out;
}

Task<Result<void>> SessionBook::revoke(Act act, SessionId id, std::string action)
{
    const auto entry = find_by_id(id);
    if (!entry || entry->session.user != act.by.user)
        co_return fail(Errc::not_found, "no such session");
    storage::Commit commit;
    commit.changes.push_back(parts_.sessions.revoke(act.by.scope(), id, parts_.clock.now()));
    commit.events.push_back(parts_.trail.event(act, std::move(action), "session", id.text));
    auto committed = co_await parts_.journal.commit(std::move(commit));
    if (!committed && committed.error().code != Errc::conflict) // conflict: somebody else was faster
        co_return fail(committed.error());
    forget_if([&](const Entry& other) { return other.session.id == id; });
    co_return Result<void>();
}

storage::Change SessionBook::revoke_all(UserId user, std::optional<SessionId> except)
{
    return parts_.sessions.revoke_all(parts_.tenant, std::move(user), std::move(except), parts_.clock.now());
}

void SessionBook::forget_all(UserId user, std::optional<SessionId> except)
{
    forget_if([&](const Entry& entry) { return entry.session.user == user && (!except || entry.session.id != *except); });
}

void SessionBook::forget_if(const std::function<bool(const Entry&)>& is_gone)
{
    std::vector<std::string> gone;
    {
        const std::unique_lock lock(guard_);
        std::erase_if(by_token_hash_, [&](const auto& item) {
            if (!is_gone(*item.second))
                return false;
            gone.push_back(item.second->session.id.text);
            return true;
        });
    }
    for (const auto& id : gone)
        parts_.revocations.announce(id);
}

void SessionBook::upkeep()
{
    const auto now = parts_.clock.now();
    forget_if([&](const Entry& entry) { return !is_live(entry, now); });

    std::vector<storage::Commit> commits;
    {
        const std::shared_lock lock(guard_);
        for (const auto& [hash, entry] : by_token_hash_) {
            if (!entry->is_confirmed || !entry->is_touched.exchange(false))
                continue;
            if (commits.empty() || commits.back().changes.size() >= touches_per_commit_max)
                commits.emplace_back();
            commits.back().changes.push_back(
                parts_.sessions.touch(parts_.tenant, entry->session.id, from_micros(entry->last_seen_us.load())));
        }
    }
    // A full queue drops the touches: the next request of each session makes another.
    for (auto& commit : commits)
        parts_.journal.submit(std::move(commit));
}

std::set<UserId> SessionBook::owners() const
{
    std::set<UserId> out;
    const std::shared_lock lock(guard_);
    for (const auto& [hash, entry] : by_token_hash_)
        out.insert(entry->session.user);
    return out;
}

bool csrf_matches(const storage::Session& session, std::string_view presented)
{
    return !session.csrf_token.empty() && crypto::equal_in_constant_time(as_bytes(session.csrf_token), as_bytes(presented));
}

} // namespace siyu::identity
