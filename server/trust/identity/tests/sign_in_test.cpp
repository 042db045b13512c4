#include "trust/identity/tests/fixture.hpp"

using namespace siyu;
using namespace siyu::identity;
using namespace std::chrono_literals;

namespace {

class SignInTest : public IdentityTest { };

} // namespace

TEST_F(SignInTest, OpensASessionWhoseCookieProvesThePerson)
{
    const auto user = make_account("Alice", {Role::member, Role::audit_admin});
    recorded();
    const auto signed_in = sign_in("alice");
    ASSERT_TRUE(signed_in) << signed_in.error().detail;
    EXPECT_EQ(recorded(), "session.create");
    const auto known = with_cookie(signed_in->token);
    ASSERT_TRUE(known);
    EXPECT_EQ(known->principal.user, user.id);
    EXPECT_EQ(known->principal.name, "Alice");
    EXPECT_EQ(known->principal.roles, (std::vector{Role::member, Role::audit_admin}));
    EXPECT_EQ(known->principal.credential_id, signed_in->session.id.text);
    EXPECT_TRUE(csrf_matches(*known->session, signed_in->session.csrf_token));
    EXPECT_FALSE(csrf_matches(*known->session, ""));
    EXPECT_FALSE(csrf_matches(*known->session, signed_in->session.csrf_token + "x"));
    EXPECT_EQ(run(identity_->accounts.find(user.id)).value().last_sign_in_at, clock_.now());
}

TEST_F(SignInTest, StoresNeitherTokenNorPassword)
{
    make_account("alice");
    const auto signed_in = sign_in("alice");
    ASSERT_TRUE(signed_in);
    const auto stored = run(repositories().sessions->list_live(storage::default_tenant, clock_.now())).value();
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(stored[0].token_hash, crypto::to_bytes(crypto::sha256(as_bytes(signed_in->token))));
    EXPECT_TRUE(signed_in->user.password_hash.starts_with("$argon2id$"));
}

TEST_F(SignInTest, TellsUnknownWrongAndDisabledApartByNothing)
{
    make_account("alice");
    const auto bob = make_account("bob");
    ASSERT_TRUE(run(identity_->accounts.set_disabled(system_act(), bob.id, true)));
    recorded();
    for (const auto& [name, password] : {std::pair("alice", "wrong password"), std::pair("nobody", good_password),
             std::pair("bob", good_password), std::pair("", ""), std::pair("\xff\xfe", "x")}) {
        EXPECT_EQ(refusal(sign_in(name, password)), "unauthenticated/wrong_credentials/") << name;
        EXPECT_EQ(recorded(), "session.refused!wrong_credentials") << name;
    }
}

TEST_F(SignInTest, LocksAnAccountAfterFiveFailuresWhetherOrNotItExists)
{
    make_account("alice");
    for (const auto& [name, shouted] : {std::pair("alice", "ALICE"), std::pair("nobody", "NoBody")}) {
        recorded();
        for (int i = 0; i < 5; ++i)
            EXPECT_EQ(refusal(sign_in(i % 2 == 0 ? name : shouted, "wrong password")), "unauthenticated/wrong_credentials/");
        EXPECT_EQ(recorded(),
            "session.refused!wrong_credentials session.refused!wrong_credentials session.refused!wrong_credentials "
            "session.refused!wrong_credentials session.refused!wrong_credentials user.lock");
        EXPECT_EQ(refusal(sign_in(name)), "rate_limited/sign_in_locked/");
        EXPECT_EQ(recorded(), "session.refused!sign_in_locked");
    }
    clock_.advance(15min);
    EXPECT_TRUE(sign_in("alice"));
    EXPECT_EQ(refusal(sign_in("nobody")), "unauthenticated/wrong_credentials/");
}

TEST_F(SignInTest, KeepsTheLockOverARestart)
{
    make_account("alice");
    for (int i = 0; i < 5; ++i)
        EXPECT_FALSE(sign_in("alice", "wrong password"));
    start();
    EXPECT_EQ(refusal(sign_in("alice")), "rate_limited/sign_in_locked/");
    const auto user = run(identity_->accounts.find_by_name("alice")).value();
    ASSERT_TRUE(run(identity_->accounts.unlock(system_act(), user.id)));
    EXPECT_TRUE(sign_in("alice"));
}

TEST_F(SignInTest, ForgivesFailuresAfterASuccessAndAfterAWhile)
{
    make_account("alice");
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 4; ++i)
            EXPECT_FALSE(sign_in("alice", "wrong password"));
        if (round == 0)
            EXPECT_TRUE(sign_in("alice"));
        else
            clock_.advance(15min);
    }
    EXPECT_TRUE(sign_in("alice"));
}

TEST_F(SignInTest, LocksAnAddressThatTriesManyNames)
{
    make_account("alice");
    for (int i = 0; i < 20; ++i)
        EXPECT_FALSE(sign_in("name" + std::to_string(i), "wrong password"));
    EXPECT_EQ(refusal(sign_in("alice")), "rate_limited/sign_in_locked/");
    EXPECT_TRUE(sign_in("alice", good_password, "192.0.2.2"));
}

namespace {

Task<> try_once(SignIn& sign_in, std::string password, std::vector<std::string>& outcomes)
{
    outcomes.push_back(refusal(co_await sign_in.sign_in("alice", std::move(password), {"192.0.2.1", {}, {}})));
}

Task<> try_all_at_once(SignIn& sign_in, Executor executor, int wrong, std::vector<std::string>& outcomes)
{
    async::TaskGroup group(executor, [](auto, auto) { });
    for (int i = 0; i < wrong; ++i)
        group.spawn("try", try_once(sign_in, "wrong password", outcomes));
    co_await group.drained();
}

} // namespace

TEST_F(SignInTest, JudgesNoMoreGuessesAtOnceThanOneByOne)
{
    make_account("alice");
    std::vector<std::string> outcomes;
    testkit::run(loop_, try_all_at_once(identity_->sign_in, loop_.get_executor(), 12, outcomes));
    EXPECT_EQ(std::ranges::count(outcomes, "unauthenticated/wrong_credentials/"), 5);
    EXPECT_EQ(std::ranges::count(outcomes, "rate_limited/sign_in_locked/"), 7);
}

TEST_F(SignInTest, AnswersBusyWhenTheHashingQueueIsFull)
{
    make_account("alice");
    std::vector<std::string> outcomes;
    testkit::run(loop_, try_all_at_once(identity_->sign_in, loop_.get_executor(), 40, outcomes));
    EXPECT_GT(std::ranges::count(outcomes, "unavailable/busy/"), 0);
    EXPECT_EQ(outcomes.size(), 40U);
}

TEST_F(SignInTest, SignsNobodyInWhenItCannotBeRecorded)
{
    make_account("alice");
    journal_->failure = Errc::unavailable;
    EXPECT_EQ(refusal(sign_in("alice")), "unavailable//");
    EXPECT_EQ(refusal(sign_in("alice", "wrong password")), "unavailable//");
    journal_->failure.reset();
    EXPECT_TRUE(identity_->sessions.list(run(identity_->accounts.find_by_name("alice")).value().id).empty());
}

TEST_F(SignInTest, LeavesNoSessionBehindThatWasEndedWhileItOpened)
{
    const auto user = make_account("alice");
    journal_->before_commit = [&] { identity_->sessions.forget_all(user.id, std::nullopt); };
    EXPECT_EQ(refusal(sign_in("alice")), "unauthenticated/session_ended/");
    EXPECT_TRUE(run(repositories().sessions->list_live(storage::default_tenant, clock_.now())).value().empty());
}

TEST_F(SignInTest, EndsTheSessionOnSigningOut)
{
    make_account("alice");
    const auto signed_in = sign_in("alice").value();
    recorded();
    ASSERT_TRUE(run(identity_->sign_in.sign_out(act_of(signed_in))));
    EXPECT_EQ(recorded(), "session.delete");
    EXPECT_EQ(refusal(with_cookie(signed_in.token)), "unauthenticated/session_ended/");
    start();
    EXPECT_EQ(refusal(with_cookie(signed_in.token)), "unauthenticated/session_ended/");
}
