#include "trust/identity/accounts.hpp"

#include "core/base/text.hpp"
#include "core/crypto/secret_bytes.hpp"
#include "trust/identity/api_keys.hpp"
#include "trust/identity/attempts.hpp"
#include "trust/identity/audit_trail.hpp"
#include "trust/identity/directory.hpp"
#include "trust/identity/hashing.hpp"
#include "trust/identity/limits.hpp"
#include "trust/identity/names.hpp"
#include "trust/identity/password_policy.hpp"
#include "trust/identity/sessions.hpp"

#include <algorithm>

namespace siyu::identity {
namespace {

std::string joined(const std::vector<Role>& roles)
{
    std::string out;
    for (const auto role : roles)
        out += (out.empty() ? "" : " ") + std::string(to_string(role));
    return out;
}

bool holds(const std::vector<Role>& roles, Role role)
{
    return std::ranges::find(roles, role) != roles.end();
}

/// In the order of the enum, each once.
std::vector<Role> in_order(const std::vector<Role>& roles)
{
    std::vector<Role> out;
    std::ranges::copy_if(all_roles, std::back_inserter(out), [&](Role role) { return holds(roles, role); });
    return out;
}

bool holds_all_administration_of(const Principal& by, const std::vector<Role>& roles)
{
    return std::ranges::all_of(roles, [&](Role role) { return role == Role::member || by.has_role(role); });
}

} // namespace

Task<Result<storage::User>> Accounts::find(UserId id)
{
    co_return co_await parts_.users.find(parts_.tenant, std::move(id));
}

Task<Result<storage::User>> Accounts::find_by_name(std::string name)
{
    co_return co_await parts_.users.find_by_name(parts_.tenant, std::move(name));
}

Task<Result<UserPage>> Accounts::list(std::string cursor, std::int64_t limit)
{
    auto users = co_await parts_.users.list(parts_.tenant, std::move(cursor), limit + 1);
    if (!users)
        co_return fail(users.error());
    UserPage page{std::move(*users), {}};
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.resize(static_cast<std::size_t>(limit));
        page.next_cursor = page.items.back().name;
    }
    co_return page;
}

Task<Result<storage::User>> Accounts::create(Act act, NewUser user)
{
    if (user.display_name.empty())
        user.display_name = user.name;
    for (auto checked : {check_user_name(user.name), check_label(user.display_name, display_name_chars_max, "display_name"),
             check_password(user.password, user.name, parts_.password_length_min, "password")})
        if (!checked)
            co_return fail(checked.error());
    auto hash = co_await hash_on(parts_.hashing, std::move(user.password));
    if (!hash)
        co_return fail(hash.error());

    const auto now = parts_.clock.now();
    storage::User made;
    made.id = UserId::make(now);
    made.name = std::move(user.name);
    made.display_name = std::move(user.display_name);
    made.password_hash = std::move(*hash);
    made.roles = in_order(user.roles);
    made.created_at = now;
    storage::Commit commit;
    commit.changes = parts_.users.insert(parts_.tenant, made);
    auto event = parts_.trail.event(act, "user.create", "user", made.id.text);
    event.labels["roles"] = joined(made.roles);
    commit.events.push_back(std::move(event));
    auto committed = co_await parts_.journal.commit(std::move(commit));
    if (!committed)
        co_return committed.error().code == Errc::conflict
            ? fail(Errc::conflict, "this user name is taken", "name_taken", "name")
            : fail(committed.error());
    co_return made;
}

Task<Result<storage::User>> Accounts::change_profile(Act act, UserId id, ProfileChange change)
{
    auto user = co_await find(id);
    if (!user)
        co_return fail(user.error());
    if (change.display_name) {
        if (auto checked = check_label(*change.display_name, display_name_chars_max, "display_name"); !checked)
            co_return fail(checked.error());
        user->display_name = std::move(*change.display_name);
    }
    if (change.locale) {
        if (*change.locale != "zh-CN" && *change.locale != "en-US")
            co_return fail(Errc::invalid, "the language is zh-CN or en-US", "unknown_locale", "locale");
        user->locale = std::move(*change.locale);
    }
    storage::Commit commit;
    commit.changes.push_back(parts_.users.update_profile(parts_.tenant, id, user->display_name, user->locale));
    commit.events.push_back(parts_.trail.event(act, act.by.user == id ? "user.profile" : "user.update", "user", id.text));
    if (auto committed = co_await parts_.journal.commit(std::move(commit)); !committed)
        co_return fail(committed.error());
    co_return co_await parts_.directory.refresh(std::move(id));
}

Task<Result<void>> Accounts::change_password(Act act, std::string current, std::string fresh)
{
    auto user = co_await find(act.by.user);
    if (!user)
        co_return fail(user.error());
    const auto name_key = to_lower(user->name);
    const auto is_locked = [&] {
        return parts_.attempts.locked_until(name_key, act.from.address, parts_.clock.now()).has_value();
    };
    if (is_locked())
        co_return fail(Errc::rate_limited, "too many wrong passwords", "sign_in_locked");
    const auto matches = co_await verify_on(parts_.hashing, user->password_hash, std::move(current));
    if (!matches)
        co_return fail(matches.error());
    if (is_locked())
        co_return fail(Errc::rate_limited, "too many wrong passwords", "sign_in_locked");
    if (!*matches) {
        const auto failure = parts_.attempts.fail(name_key, act.from.address, parts_.clock.now());
        storage::Commit commit;
        commit.changes.push_back(parts_.users.set_sign_in_record(
            parts_.tenant, user->id, failure.account_failures, failure.account_locked_until, user->last_sign_in_at));
        auto event = parts_.trail.event(act, "user.password", "user", user->id.text);
        event.outcome = Outcome::failure;
        event.reason = "wrong_password";
        commit.events.push_back(std::move(event));
        if (auto committed = co_await parts_.journal.commit(std::move(commit)); !committed)
            co_return fail(committed.error());
        co_return fail(Errc::invalid, "the present password is another", "wrong_password", "current_password");
    }
    const auto except =
        act.by.credential == Credential::session ? std::optional(SessionId{act.by.credential_id}) : std::nullopt;
    co_return co_await set_password(std::move(act), std::move(*user), std::move(fresh), except);
}

Task<Result<void>> Accounts::reset_password(Act act, UserId id, std::string fresh)
{
    auto user = co_await find(std::move(id));
    if (!user)
        co_return fail(user.error());
    // Whoever sets a password can sign in with it: that must not be a way into a role that was given to somebody else.
    if (act.by.credential != Credential::command_line && !holds_all_administration_of(act.by, user->roles))
        co_return fail(Errc::forbidden, "the user administers what the caller does not", "outranked");
    co_return co_await set_password(std::move(act), std::move(*user), std::move(fresh), std::nullopt);
}

Task<Result<void>> Accounts::set_password(Act act, storage::User user, std::string fresh, std::optional<SessionId> except)
{
    if (auto checked = check_password(fresh, user.name, parts_.password_length_min, "new_password"); !checked)
        co_return fail(checked.error());
    auto hash = co_await hash_on(parts_.hashing, std::move(fresh));
    if (!hash)
        co_return fail(hash.error());
    storage::Commit commit;
    commit.changes.push_back(parts_.users.set_password(parts_.tenant, user.id, std::move(*hash)));
    commit.changes.push_back(parts_.users.set_sign_in_record(parts_.tenant, user.id, 0, std::nullopt, user.last_sign_in_at));
    commit.changes.push_back(parts_.sessions.revoke_all(user.id, except));
    commit.events.push_back(parts_.trail.event(act, "user.password", "user", user.id.text));
    if (auto committed = co_await parts_.journal.commit(std::move(commit)); !committed)
        co_return fail(committed.error());
    parts_.sessions.forget_all(user.id, std::move(except));
    parts_.attempts.succeed(to_lower(user.name));
    co_return Result<void>();
}

Task<Result<storage::User>> Accounts::set_disabled(Act act, UserId id, bool disabled)
{
    auto user = co_await find(id);
    if (!user)
        co_return fail(user.error());
    storage::Commit commit;
    commit.changes.push_back(
        parts_.users.set_state(parts_.tenant, id, disabled ? storage::UserState::disabled : storage::UserState::active));
    if (disabled) {
        commit.changes.push_back(parts_.sessions.revoke_all(id, std::nullopt));
        commit.changes.push_back(parts_.keys.revoke_all(id));
        for (const auto role : user->roles)
            if (role != Role::member)
                commit.changes.push_back(parts_.users.demand_active_holder(parts_.tenant, role));
    }
    commit.events.push_back(parts_.trail.event(act, disabled ? "user.disable" : "user.enable", "user", id.text));
    auto committed = co_await parts_.journal.commit(std::move(commit));
    if (!committed)
        co_return committed.error().code == Errc::conflict
            ? fail(Errc::conflict, "nobody else holds one of this user's administrator roles", "last_administrator")
            : fail(committed.error());
    auto changed = co_await parts_.directory.refresh(id);
    if (disabled) {
        parts_.sessions.forget_all(id, std::nullopt);
        parts_.keys.forget_all(id);
    }
    co_return changed;
}

Task<Result<void>> Accounts::unlock(Act act, UserId id)
{
    const auto user = co_await find(id);
    if (!user)
        co_return fail(user.error());
    storage::Commit commit;
    commit.changes.push_back(parts_.users.set_sign_in_record(parts_.tenant, id, 0, std::nullopt, user->last_sign_in_at));
    commit.events.push_back(parts_.trail.event(act, "user.unlock", "user", id.text));
    if (auto committed = co_await parts_.journal.commit(std::move(commit)); !committed)
        co_return fail(committed.error());
    parts_.attempts.succeed(to_lower(user->name));
    co_return Result<void>();
}

Task<Result<storage::User>> Accounts::assign_roles(Act act, UserId id, std::vector<Role> roles)
{
    roles = in_order(roles);
    if (roles.empty())
        co_return fail(Errc::invalid, "a user has at least one role", "empty_field", "roles");
    const auto user = co_await find(id);
    if (!user)
        co_return fail(user.error());
    if (act.by.credential != Credential::command_line && act.by.user == id && !holds_all_administration_of(act.by, roles))
        co_return fail(Errc::forbidden, "nobody gives an administrator role to themselves", "own_roles", "roles");
    storage::Commit commit;
    commit.changes = parts_.users.replace_roles(parts_.tenant, id, roles, parts_.clock.now());
    for (const auto role : user->roles)
        if (role != Role::member && !holds(roles, role))
            commit.changes.push_back(parts_.users.demand_active_holder(parts_.tenant, role));
    auto event = parts_.trail.event(act, "user.roles", "user", id.text);
    event.labels["roles"] = joined(roles);
    event.labels["roles_before"] = joined(in_order(user->roles));
    commit.events.push_back(std::move(event));
    auto committed = co_await parts_.journal.commit(std::move(commit));
    if (!committed)
        co_return committed.error().code == Errc::conflict
            ? fail(Errc::conflict, "nobody else holds a role that would be taken", "last_administrator", "roles")
            : fail(committed.error());
    co_return co_await parts_.directory.refresh(std::move(id));
}

} // namespace siyu::identity
