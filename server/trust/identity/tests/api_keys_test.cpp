#include "trust/identity/tests/fixture.hpp"

using namespace siyu;
using namespace siyu::identity;
using namespace std::chrono_literals;

namespace {

class ApiKeysTest : public IdentityTest {
protected:
    Result<NewApiKey> make_key(const SignedIn& who, std::string name = "laptop", std::int64_t days = 365)
    {
        return run(identity_->api_keys.create(act_of(who), who.user.id, std::move(name), days));
    }
};

} // namespace

TEST_F(ApiKeysTest, ProvesItsOwnerAndIsStoredHashed)
{
    make_account("alice");
    const auto alice = sign_in("alice").value();
    recorded();
    const auto made = make_key(alice);
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_EQ(recorded(), "apikey.create");
    EXPECT_EQ(made->key.size(), ApiKeyBook::key_prefix.size() + 43);
    EXPECT_TRUE(made->key.starts_with(made->entry.prefix));
    const auto known = with_key(made->key);
    ASSERT_TRUE(known);
    EXPECT_EQ(known->principal.user, alice.user.id);
    EXPECT_EQ(known->principal.credential, Credential::api_key);
    EXPECT_FALSE(known->session);
    const auto stored = run(repositories().api_keys->list(act_of(alice).by.scope())).value();
    EXPECT_EQ(stored.at(0).key_hash, crypto::to_bytes(crypto::sha256(as_bytes(made->key))));
}

TEST_F(ApiKeysTest, IsRefusedAtOnceWhenRevokedAndAfterARestart)
{
    make_account("alice");
    const auto alice = sign_in("alice").value();
    const auto made = make_key(alice).value();
    start();
    EXPECT_TRUE(with_key(made.key));
    ASSERT_TRUE(run(identity_->api_keys.revoke(act_of(alice), made.entry.id)));
    EXPECT_EQ(refusal(with_key(made.key)), "unauthenticated/bad_api_key/");
    EXPECT_EQ(refusal(run(identity_->api_keys.revoke(act_of(alice), made.entry.id))), "not_found//");
    start();
    EXPECT_FALSE(with_key(made.key));
}

TEST_F(ApiKeysTest, Expires)
{
    make_account("alice");
    const auto alice = sign_in("alice").value();
    const auto made = make_key(alice, "short", 1).value();
    clock_.advance(24h - 1s);
    EXPECT_TRUE(with_key(made.key));
    clock_.advance(1s);
    EXPECT_FALSE(with_key(made.key));
    identity_->upkeep();
    EXPECT_TRUE(identity_->api_keys.owners().empty());
}

TEST_F(ApiKeysTest, TellsWhenItWasUsed)
{
    make_account("alice");
    const auto alice = sign_in("alice").value();
    const auto made = make_key(alice).value();
    EXPECT_FALSE(run(identity_->api_keys.list(act_of(alice))).value().at(0).last_used_at);
    clock_.advance(1h);
    EXPECT_TRUE(with_key(made.key));
    EXPECT_EQ(run(identity_->api_keys.list(act_of(alice))).value().at(0).last_used_at, clock_.now());
    identity_->upkeep();
    const auto stored = run(repositories().api_keys->list(act_of(alice).by.scope())).value();
    EXPECT_EQ(stored.at(0).last_used_at, clock_.now());
}

TEST_F(ApiKeysTest, EndsWithItsOwnersAccount)
{
    make_account("alice");
    const auto alice = sign_in("alice").value();
    const auto made = make_key(alice).value();
    ASSERT_TRUE(run(identity_->accounts.set_disabled(system_act(), alice.user.id, true)));
    EXPECT_FALSE(with_key(made.key));
    ASSERT_TRUE(run(identity_->accounts.set_disabled(system_act(), alice.user.id, false)));
    EXPECT_FALSE(with_key(made.key)) << "enabling an account revives no key";
}

TEST_F(ApiKeysTest, RefusesBadWishes)
{
    make_account("alice");
    make_account("bob");
    const auto alice = sign_in("alice").value();
    const auto bob = sign_in("bob").value();
    EXPECT_EQ(refusal(make_key(alice, "")), "invalid/bad_name/name");
    EXPECT_EQ(refusal(make_key(alice, std::string(65, 'x'))), "invalid/bad_name/name");
    EXPECT_EQ(refusal(make_key(alice, "k", 0)), "invalid/out_of_range/expires_in_days");
    EXPECT_EQ(refusal(make_key(alice, "k", 3651)), "invalid/out_of_range/expires_in_days");
    EXPECT_EQ(refusal(run(identity_->api_keys.create(system_act(), UserId{"gone"}, "k", 1))), "not_found//");
    const auto made = make_key(alice).value();
    EXPECT_EQ(refusal(run(identity_->api_keys.revoke(act_of(bob), made.entry.id))), "not_found//");
    EXPECT_TRUE(with_key(made.key));
}

TEST_F(ApiKeysTest, RefusesOtherCredentials)
{
    make_account("alice");
    const auto alice = sign_in("alice").value();
    const auto made = make_key(alice).value();
    for (std::size_t length = 0; length < made.key.size(); ++length)
        EXPECT_FALSE(with_key(made.key.substr(0, length)));
    for (const auto& value : {std::string("Basic ") + made.key, made.key, std::string("Bearer"),
             std::string("Bearer ") + alice.token, "Bearer " + std::string(100'000, 'k')}) {
        http::Headers headers;
        headers.add("Authorization", value);
        headers.add("Cookie", "siyu_session=" + alice.token);
        EXPECT_EQ(refusal(identity_->authenticator.authenticate(headers)), "unauthenticated/bad_api_key/")
            << value.substr(0, 40);
    }
    EXPECT_EQ(refusal(identity_->authenticator.authenticate({})), "unauthenticated/not_signed_in/");
}
