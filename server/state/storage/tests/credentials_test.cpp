#include "state/storage/tests/fixture.hpp"

namespace siyu::storage {
namespace {

class CredentialsContract : public StorageTest {
protected:
    Session make_session(const User& user, std::string_view token, Time expires_at)
    {
        Session session{.id = SessionId::make(clock_.now()),
            .user = user.id,
            .token_hash = crypto::to_bytes(crypto::sha256(as_bytes(token))),
            .csrf_token = "csrf",
            .client = "Firefox",
            .created_at = tick(),
            .last_seen_at = clock_.now(),
            .expires_at = expires_at,
            .revoked_at = {}};
        EXPECT_TRUE(commit(std::vector{repositories().sessions->insert(default_tenant, session)}));
        return session;
    }
    ApiKey make_key(const User& user, std::string_view key, Time expires_at)
    {
        ApiKey record{.id = ApiKeyId::make(clock_.now()),
            .user = user.id,
            .name = "ci",
            .prefix = "sk-siyu-ab",
            .key_hash = crypto::to_bytes(crypto::sha256(as_bytes(key))),
            .created_at = tick(),
            .expires_at = expires_at,
            .last_used_at = {},
            .revoked_at = {}};
        EXPECT_TRUE(commit(std::vector{repositories().api_keys->insert(default_tenant, record)}));
        return record;
    }
    Time in(std::chrono::hours hours) { return clock_.now() + hours; }
};

TEST_F(CredentialsContract, SessionsAreFoundByTheirTokenUntilRevoked)
{
    const auto user = make_user("Anna");
    const auto session = make_session(user, "token", in(std::chrono::hours(1)));
    auto& sessions = *repositories().sessions;

    const auto found = run(sessions.find_by_token(default_tenant, session.token_hash));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, session.id);
    EXPECT_EQ(found->csrf_token, "csrf");

    ASSERT_TRUE(commit(std::vector{sessions.revoke(scope_of(user), session.id, tick())}));
    EXPECT_FALSE(run(sessions.find_by_token(default_tenant, session.token_hash)));
    EXPECT_EQ(commit(std::vector{sessions.revoke(scope_of(user), session.id, tick())}).error().code, Errc::conflict);
}

TEST_F(CredentialsContract, NobodyRevokesAnothersSession)
{
    const auto anna = make_user("Anna");
    const auto bert = make_user("Bert");
    const auto session = make_session(anna, "token", in(std::chrono::hours(1)));

    EXPECT_EQ(
        commit(std::vector{repositories().sessions->revoke(scope_of(bert), session.id, tick())}).error().code, Errc::conflict);
}

TEST_F(CredentialsContract, LiveSessionsAreNeitherExpiredNorRevoked)
{
    const auto user = make_user("Anna");
    const auto kept = make_session(user, "kept", in(std::chrono::hours(2)));
    make_session(user, "expired", clock_.now());
    make_session(user, "other", in(std::chrono::hours(2)));
    auto& sessions = *repositories().sessions;
    EXPECT_EQ(run(sessions.list_live(default_tenant, tick()))->size(), 2U);
    EXPECT_EQ(run(sessions.list(scope_of(user), clock_.now()))->front().client, "Firefox");

    ASSERT_TRUE(commit(std::vector{
        sessions.touch(default_tenant, kept.id, tick()), sessions.revoke_all(default_tenant, user.id, kept.id, clock_.now())}));

    const auto live = run(sessions.list_live(default_tenant, clock_.now()));
    ASSERT_EQ(live->size(), 1U);
    EXPECT_EQ(live->front().id, kept.id);
    EXPECT_EQ(live->front().last_seen_at, clock_.now());
}

TEST_F(CredentialsContract, ApiKeysLiveUntilTheyExpireOrAreRevoked)
{
    const auto user = make_user("Anna");
    const auto first = make_key(user, "first", in(std::chrono::hours(1)));
    const auto second = make_key(user, "second", in(std::chrono::hours(9)));
    auto& keys = *repositories().api_keys;
    ASSERT_TRUE(commit(std::vector{keys.touch(default_tenant, first.id, tick())}));
    EXPECT_EQ(run(keys.list_live(default_tenant, clock_.now()))->size(), 2U);
    EXPECT_EQ(run(keys.list_live(default_tenant, in(std::chrono::hours(2))))->front().id, second.id);

    ASSERT_TRUE(commit(std::vector{keys.revoke(scope_of(user), second.id, tick())}));
    const auto all = run(keys.list(scope_of(user)));
    ASSERT_EQ(all->size(), 2U);
    EXPECT_EQ((*all)[0].id, second.id);
    EXPECT_EQ((*all)[0].revoked_at, clock_.now());
    EXPECT_TRUE((*all)[1].last_used_at);
    ASSERT_TRUE(commit(std::vector{keys.revoke_all(default_tenant, user.id, tick())}));
    EXPECT_TRUE(run(keys.list_live(default_tenant, clock_.now()))->empty());
}

} // namespace
} // namespace siyu::storage
