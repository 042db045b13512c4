#pragma once

#include "core/async/task_group.hpp"
#include "core/crypto/hash.hpp"
#include "state/storage/tests/fixture.hpp"
#include "trust/identity/identity.hpp"

#include <functional>

namespace siyu::identity {

/// Passes Commits on, remembers their events, and fails when a test says so.
class WatchedJournal final : public storage::Journal {
public:
    std::optional<Errc> failure;
    std::function<void()> before_commit;
    std::vector<AuditEvent> events;
    std::vector<std::size_t> submitted_changes;

    WatchedJournal(storage::Journal& inner, asio::io_context& loop) : inner_(inner), loop_(loop) { }

    Task<Result<void>> commit(storage::Commit commit) override
    {
        if (before_commit)
            std::exchange(before_commit, nullptr)();
        if (failure)
            co_return fail(*failure, "as the test wants");
        const auto said = commit.events;
        auto outcome = co_await inner_.commit(std::move(commit));
        if (outcome)
            events.insert(events.end(), said.begin(), said.end());
        co_return outcome;
    }
    bool submit(storage::Commit commit) override
    {
        submitted_changes.push_back(commit.changes.size());
        return testkit::run(loop_, inner_.commit(std::move(commit))).has_value();
    }

private:
    storage::Journal& inner_;
    asio::io_context& loop_;
};

inline constexpr auto good_password = "many small rivers";
inline constexpr auto other_password = "seven quiet lakes";

/// Identity over real storage.
class IdentityTest : public storage::StorageTest {
protected:
    void SetUp() override
    {
        StorageTest::SetUp();
        journal_ = std::make_unique<WatchedJournal>(storage_->journal(), loop_);
        start();
    }
    void TearDown() override
    {
        identity_.reset();
        journal_.reset();
        StorageTest::TearDown();
    }

    /// As after a restart: the memory is empty, the database is not.
    void start()
    {
        identity_.reset();
        identity_ = std::make_unique<Identity>(
            Identity::Needs{.tenant = storage::default_tenant,
                .users = *repositories().users,
                .sessions = *repositories().sessions,
                .api_keys = *repositories().api_keys,
                .journal = *journal_,
                .hashing = hashing_,
                .clock = clock_,
                .address_hash = [](std::string_view address) { return "hash " + std::to_string(address.size()); }},
            IdentitySettings{.sessions = {},
                .lockout = {},
                .password_length_min = 12,
                .is_https = false,
                .first_administrator_file = link_file(),
                .base_url = "http://localhost:3000"});
        const auto loaded = run(identity_->load());
        ASSERT_TRUE(loaded) << loaded.error().detail;
    }

    std::string link_file() const { return (directory_ / "first-admin.url").string(); }

    storage::User make_account(std::string name, std::vector<Role> roles = {Role::member})
    {
        auto made = run(identity_->accounts.create(system_act(), {name, "", good_password, std::move(roles)}));
        EXPECT_TRUE(made) << made.error().detail;
        clock_.advance(std::chrono::milliseconds(1));
        return made.value_or(storage::User{});
    }
    Result<SignedIn> sign_in(
        const std::string& name, const std::string& password = good_password, std::string address = "192.0.2.1")
    {
        clock_.advance(std::chrono::milliseconds(1));
        return run(identity_->sign_in.sign_in(name, password, {std::move(address), "Browser/1", "request"}));
    }
    Act system_act() const
    {
        Principal system;
        system.tenant = storage::default_tenant;
        system.user = UserId{"system"};
        system.credential = Credential::command_line;
        return {system, {}};
    }
    Act act_of(const SignedIn& who) const
    {
        return {Principal{storage::default_tenant, who.user.id, who.user.name, who.user.roles, Credential::session,
                    who.session.id.text, {}},
            {"192.0.2.1", {}, "request"}};
    }
    Result<Authenticated> with_cookie(const std::string& token) const
    {
        http::Headers headers;
        headers.add("Cookie", "siyu_session=" + token);
        return identity_->authenticator.authenticate(headers);
    }
    Result<Authenticated> with_key(const std::string& key) const
    {
        http::Headers headers;
        headers.add("authorization", "Bearer " + key);
        return identity_->authenticator.authenticate(headers);
    }
    /// "session.create user.lock!wrong …": what was recorded since the last call.
    std::string recorded()
    {
        std::string out;
        for (const auto& event : std::exchange(journal_->events, {}))
            out += (out.empty() ? "" : " ") + event.action + (event.outcome == Outcome::success ? "" : "!" + event.reason);
        return out;
    }

    async::BlockingPool hashing_{2, 16};
    std::unique_ptr<WatchedJournal> journal_;
    std::unique_ptr<Identity> identity_;
};

/// "code/reason/field" of a refusal, "fine" without one.
template <class T> std::string refusal(const Result<T>& outcome)
{
    if (outcome)
        return "fine";
    return std::string(to_string(outcome.error().code)) + "/" + outcome.error().reason + "/" + outcome.error().field;
}

} // namespace siyu::identity
