#include "trust/identity/first_administrator.hpp"

#include "core/crypto/hash.hpp"
#include "core/crypto/random.hpp"
#include "trust/identity/audit_trail.hpp"
#include "trust/identity/directory.hpp"
#include "trust/identity/hashing.hpp"
#include "trust/identity/limits.hpp"
#include "trust/identity/names.hpp"
#include "trust/identity/password_policy.hpp"
#include "trust/identity/sessions.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace siyu::identity {
namespace {

/// In place of an older one, for its owner's eyes only, and whole or not at all.
Result<void> write_private_file(const std::string& path, const std::string& text)
{
    const auto fresh = path + ".new";
    unlink(fresh.c_str());
    const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return fail(Errc::unavailable, "cannot write " + path);
    const bool is_written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(file) == 0;
    close(file);
    if (!is_written || rename(fresh.c_str(), path.c_str()) != 0) {
        unlink(fresh.c_str());
        return fail(Errc::unavailable, "cannot write " + path);
    }
    return {};
}

} // namespace

Task<Result<std::string>> FirstAdministrator::renew()
{
    const auto exists = co_await parts_.users.has_administrator(parts_.tenant);
    if (!exists)
        co_return fail(exists.error());
    if (*exists) {
        close();
        co_return std::string();
    }
    const auto token = crypto::random_token();
    const auto link = parts_.base_url + "/setup#token=" + token;
    if (auto written = write_private_file(parts_.file, link + "\n"); !written)
        co_return fail(written.error());
    const auto digest = crypto::sha256(as_bytes(token));
    const std::lock_guard lock(guard_);
    is_needed_ = true;
    token_hash_ = crypto::to_bytes(digest);
    expires_at_ = parts_.clock.now() + token_life;
    co_return link;
}

bool FirstAdministrator::is_needed() const
{
    const std::lock_guard lock(guard_);
    return is_needed_;
}

bool FirstAdministrator::token_matches(std::string_view token) const
{
    if (token.empty() || token.size() > token_chars_max)
        return false;
    const auto digest = crypto::sha256(as_bytes(token));
    const std::lock_guard lock(guard_);
    return is_needed_ && parts_.clock.now() < expires_at_ && crypto::equal_in_constant_time(digest, token_hash_);
}

void FirstAdministrator::close()
{
    const std::lock_guard lock(guard_);
    is_needed_ = false;
    token_hash_.clear();
    unlink(parts_.file.c_str());
}

Task<Result<SignedIn>> FirstAdministrator::create(std::string token, std::string name, std::string password, Client from)
{
    if (!is_needed())
        co_return fail(Errc::conflict, "an administrator exists", "already_set_up");
    if (!token_matches(token)) {
        auto refused = parts_.trail.anonymous(from, "setup.complete");
        refused.outcome = Outcome::denied;
        refused.reason = "bad_setup_token";
        storage::Commit commit;
        commit.events.push_back(std::move(refused));
        if (auto committed = co_await parts_.journal.commit(std::move(commit)); !committed)
            co_return fail(committed.error());
        co_return fail(Errc::forbidden, "the setup token is wrong, used or expired", "bad_setup_token", "token");
    }
    for (auto checked : {check_user_name(name), check_password(password, name, parts_.password_length_min, "password")})
        if (!checked)
            co_return fail(checked.error());
    auto hash = co_await hash_on(parts_.hashing, std::move(password));
    if (!hash)
        co_return fail(hash.error());

    storage::User user;
    user.id = UserId::make(parts_.clock.now());
    user.name = name;
    user.display_name = std::move(name);
    user.password_hash = std::move(*hash);
    user.roles.assign(all_roles.begin(), all_roles.end());
    user.created_at = parts_.clock.now();
    user.last_sign_in_at = user.created_at;
    co_return co_await store(std::move(user), std::move(from));
}

Task<Result<SignedIn>> FirstAdministrator::store(storage::User user, Client from)
{
    auto opened = parts_.sessions.open(user.id, from);
    storage::Commit commit;
    // First of all: of several that try at once, the database lets one through.
    commit.changes.push_back(parts_.users.demand_no_administrator(parts_.tenant));
    for (auto& change : parts_.users.insert(parts_.tenant, user))
        commit.changes.push_back(std::move(change));
    commit.changes.push_back(std::move(opened.change));
    const Act act{{.tenant = parts_.tenant, .user = user.id}, from};
    commit.events.push_back(parts_.trail.event(act, "setup.complete", "user", user.id.text));
    commit.events.push_back(parts_.trail.event(act, "user.create", "user", user.id.text));
    commit.events.push_back(parts_.trail.event(act, "session.create", "session", opened.session.id.text));
    auto committed = co_await parts_.journal.commit(std::move(commit));
    if (!committed) {
        parts_.sessions.abandon(opened.session.id);
        if (committed.error().code != Errc::conflict)
            co_return fail(committed.error());
        const auto exists = co_await parts_.users.has_administrator(parts_.tenant);
        if (!exists)
            co_return fail(exists.error());
        co_return *exists ? fail(Errc::conflict, "an administrator exists", "already_set_up")
                          : fail(Errc::conflict, "this user name is taken", "name_taken", "name");
    }
    close();
    auto stored = co_await parts_.directory.refresh(user.id);
    if (!stored)
        co_return fail(stored.error());
    if (!parts_.sessions.confirm(opened.session.id))
        co_return fail(Errc::unauthenticated, "the account's sessions were ended meanwhile", "session_ended");
    co_return SignedIn{std::move(*stored), std::move(opened.session), std::move(opened.token)};
}

} // namespace siyu::identity
