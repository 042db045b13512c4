#include "trust/identity/tests/fixture.hpp"

using namespace siyu;
using namespace siyu::identity;
using namespace std::chrono_literals;

namespace {

class SessionsTest : public IdentityTest {
protected:
    /// What a thread was told, once it has run.
    std::string told()
    {
        thread_loop_.restart();
        thread_loop_.run();
        std::string out;
        for (const auto& id : std::exchange(told_, {}))
            out += id + " ";
        return out;
    }
    void listen()
    {
        identity_->revocations.subscribe(thread_loop_.get_executor(), [this](const std::string& id) { told_.push_back(id); });
    }

    asio::io_context thread_loop_{1};
    std::vector<std::string> told_;
};

} // namespace

TEST_F(SessionsTest, EndsAfterThirtyIdleMinutes)
{
    make_account("alice");
    const auto token = sign_in("alice").value().token;
    for (int i = 0; i < 3; ++i) {
        clock_.advance(29min);
        EXPECT_TRUE(with_cookie(token)) << i;
    }
    clock_.advance(30min);
    EXPECT_EQ(refusal(with_cookie(token)), "unauthenticated/session_ended/");
}

TEST_F(SessionsTest, EndsAfterTwelveHoursHoweverBusy)
{
    make_account("alice");
    const auto token = sign_in("alice").value().token;
    for (int i = 0; i < 12 * 3 - 1; ++i) {
        clock_.advance(20min);
        EXPECT_TRUE(with_cookie(token));
    }
    clock_.advance(20min);
    EXPECT_FALSE(with_cookie(token));
}

TEST_F(SessionsTest, SurvivesARestartAndKeepsItsIdleTime)
{
    make_account("alice");
    const auto token = sign_in("alice").value().token;
    clock_.advance(20min);
    EXPECT_TRUE(with_cookie(token));
    identity_->upkeep();
    EXPECT_EQ(journal_->submitted_changes, std::vector<std::size_t>{1});
    identity_->upkeep();
    EXPECT_EQ(journal_->submitted_changes.size(), 1U) << "nothing was used since";
    clock_.advance(20min);
    start();
    EXPECT_TRUE(with_cookie(token));
    clock_.advance(31min);
    start();
    EXPECT_FALSE(with_cookie(token));
}

TEST_F(SessionsTest, TellsTheThreadsWhenOneEnds)
{
    make_account("alice");
    listen();
    const auto first = sign_in("alice").value();
    const auto second = sign_in("alice").value();
    EXPECT_EQ(told(), "");
    ASSERT_TRUE(run(identity_->sessions.revoke(act_of(first), second.session.id, "session.delete")));
    EXPECT_EQ(told(), second.session.id.text + " ");
    clock_.advance(30min);
    identity_->upkeep();
    EXPECT_EQ(told(), first.session.id.text + " ");
    EXPECT_TRUE(identity_->sessions.owners().empty());
}

TEST_F(SessionsTest, ListsOnesOwnNewestFirstAndEndsNoOthers)
{
    make_account("alice");
    make_account("bob");
    const auto first = sign_in("alice").value();
    const auto second = sign_in("alice").value();
    const auto bob = sign_in("bob").value();
    const auto listed = identity_->sessions.list(first.user.id);
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_EQ(listed[0].id, second.session.id);
    EXPECT_EQ(listed[0].client, "Browser/1");
    EXPECT_EQ(refusal(run(identity_->sessions.revoke(act_of(bob), first.session.id, "session.delete"))), "not_found//");
    EXPECT_TRUE(with_cookie(first.token));
}

TEST_F(SessionsTest, KnowsNoForgedToken)
{
    make_account("alice");
    const auto token = sign_in("alice").value().token;
    for (std::size_t length = 0; length < token.size(); ++length)
        EXPECT_FALSE(with_cookie(token.substr(0, length)));
    EXPECT_FALSE(with_cookie(token + "A"));
    EXPECT_FALSE(identity_->sessions.find(std::string(1'000'000, 'a')));
}
