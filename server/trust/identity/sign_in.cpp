#include "trust/identity/sign_in.hpp"

#include "core/base/text.hpp"
#include "core/crypto/password.hpp"
#include "core/crypto/secret_bytes.hpp"
#include "trust/identity/attempts.hpp"
#include "trust/identity/audit_trail.hpp"
#include "trust/identity/directory.hpp"
#include "trust/identity/hashing.hpp"
#include "trust/identity/sessions.hpp"

namespace siyu::identity {
namespace {

/// Sets what the audit event is about, where an account is known.
void name_object(AuditEvent& event, const std::optional<storage::User>& user)
{
    if (!user)
        return;
    event.object_type = "user";
    event.object_id = user->id.text;
}

std::string hash_to_try(const std::optional<storage::User>& user)
{
    const bool has_password = user && !user->password_hash.empty();
    return has_password ? user->password_hash : std::string(crypto::unmatchable_hash());
}

} // namespace

Task<Result<SignedIn>> SignIn::sign_in(std::string name, std::string password, Client from)
{
    const auto name_key = to_lower(name);
    if (parts_.attempts.locked_until(name_key, from.address, parts_.clock.now()))
        co_return co_await refuse_locked(std::nullopt, std::move(from));

    auto found = co_await parts_.users.find_by_name(parts_.tenant, std::move(name));
    if (!found && found.error().code != Errc::not_found)
        co_return fail(found.error());
    const auto user = found ? std::optional(std::move(*found)) : std::nullopt;
    if (user && user->locked_until && *user->locked_until > parts_.clock.now())
        co_return co_await refuse_locked(user, std::move(from));

    auto password_again = password;
    const auto matches = co_await verify_on(parts_.hashing, hash_to_try(user), std::move(password));
    // Judged in the order in which the verdicts come: guesses sent all at once learn no more than those one by one.
    const bool is_locked = parts_.attempts.locked_until(name_key, from.address, parts_.clock.now()).has_value();
    const bool is_right = matches && *matches && user && user->state == storage::UserState::active;
    std::string fresh_hash;
    if (is_right && !is_locked && crypto::needs_rehash(user->password_hash)) {
        // An older cost: renewed while the password is at hand. If the queue is full now, then next time.
        auto fresh = co_await hash_on(parts_.hashing, password_again);
        fresh_hash = fresh ? std::move(*fresh) : std::string();
    }
    crypto::wipe(password_again);

    if (!matches)
        co_return fail(matches.error());
    if (is_locked)
        co_return co_await refuse_locked(user, std::move(from));
    if (!is_right)
        co_return co_await refuse(name_key, user, std::move(from));
    co_return co_await admit(*user, std::move(fresh_hash), std::move(from));
}

Task<Result<SignedIn>> SignIn::admit(storage::User user, std::string fresh_hash, Client from)
{
    const auto name_key = to_lower(user.name);
    // Hashing took its time: the account may have been disabled or given another password meanwhile.
    auto current = co_await parts_.directory.refresh(user.id);
    if (!current)
        co_return fail(current.error());
    if (current->password_hash != user.password_hash || current->state != storage::UserState::active)
        co_return co_await refuse(name_key, std::move(*current), std::move(from));

    const auto now = parts_.clock.now();
    auto opened = parts_.sessions.open(user.id, from);
    storage::Commit commit;
    commit.changes.push_back(parts_.users.set_sign_in_record(parts_.tenant, user.id, 0, std::nullopt, now));
    if (!fresh_hash.empty())
        commit.changes.push_back(parts_.users.set_password(parts_.tenant, user.id, std::move(fresh_hash)));
    commit.changes.push_back(std::move(opened.change));
    auto event = parts_.trail.anonymous(from, "session.create");
    event.actor = user.id.text;
    event.credential = opened.session.id.text;
    event.object_type = "session";
    event.object_id = opened.session.id.text;
    commit.events.push_back(std::move(event));

    auto committed = co_await parts_.journal.commit(std::move(commit));
    if (!committed) {
        parts_.sessions.abandon(opened.session.id);
        co_return fail(committed.error());
    }
    if (!parts_.sessions.confirm(opened.session.id)) {
        // All sessions of the account were ended between our look and the commit: this one must not outlive that.
        const Act act{{.tenant = parts_.tenant, .user = user.id}, from};
        storage::Commit undo;
        undo.changes.push_back(parts_.sessions.revoke_all(user.id, std::nullopt));
        undo.events.push_back(parts_.trail.event(act, "session.delete", "session", opened.session.id.text));
        if (auto undone = co_await parts_.journal.commit(std::move(undo)); !undone)
            co_return fail(undone.error());
        co_return fail(Errc::unauthenticated, "the account's sessions were ended meanwhile", "session_ended");
    }
    parts_.attempts.succeed(name_key);
    current->last_sign_in_at = now;
    current->failed_sign_ins = 0;
    current->locked_until.reset();
    co_return SignedIn{std::move(*current), std::move(opened.session), std::move(opened.token)};
}

Task<Result<SignedIn>> SignIn::refuse(std::string name_key, std::optional<storage::User> user, Client from)
{
    const auto failure = parts_.attempts.fail(name_key, from.address, parts_.clock.now());
    storage::Commit commit;
    if (user)
        commit.changes.push_back(parts_.users.set_sign_in_record(
            parts_.tenant, user->id, failure.account_failures, failure.account_locked_until, user->last_sign_in_at));
    auto refused = parts_.trail.anonymous(from, "session.refused");
    refused.outcome = Outcome::failure;
    refused.reason = "wrong_credentials";
    name_object(refused, user);
    commit.events.push_back(refused);
    for (const auto& [has_locked, scope] :
        {std::pair(failure.has_locked_account, "account"), std::pair(failure.has_locked_address, "address")}) {
        if (!has_locked)
            continue;
        auto locked = parts_.trail.anonymous(from, "user.lock");
        locked.labels["scope"] = scope;
        name_object(locked, user);
        commit.events.push_back(std::move(locked));
    }
    if (auto committed = co_await parts_.journal.commit(std::move(commit)); !committed)
        co_return fail(committed.error());
    co_return fail(Errc::unauthenticated, "wrong name or password", "wrong_credentials");
}

Task<Result<SignedIn>> SignIn::refuse_locked(std::optional<storage::User> user, Client from)
{
    storage::Commit commit;
    auto refused = parts_.trail.anonymous(from, "session.refused");
    refused.outcome = Outcome::denied;
    refused.reason = "sign_in_locked";
    name_object(refused, user);
    commit.events.push_back(std::move(refused));
    if (auto committed = co_await parts_.journal.commit(std::move(commit)); !committed)
        co_return fail(committed.error());
    co_return fail(Errc::rate_limited, "too many failed sign-ins", "sign_in_locked");
}

Task<Result<void>> SignIn::sign_out(Act act)
{
    SessionId session{act.by.credential_id};
    co_return co_await parts_.sessions.revoke(std::move(act), std::move(session), "session.delete");
}

} // namespace siyu::identity
