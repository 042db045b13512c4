#include "trust/identity/tests/fixture.hpp"

#include <filesystem>
#include <fstream>

using namespace siyu;
using namespace siyu::identity;
using namespace std::chrono_literals;

namespace {

class FirstAdministratorTest : public IdentityTest {
protected:
    FirstAdministrator& first() { return identity_->first_administrator; }
    std::string renew() { return run(first().renew()).value(); }
    static std::string token_of(const std::string& link) { return link.substr(link.find('=') + 1); }
    Result<SignedIn> create(std::string token, std::string name = "admin-li", std::string password = good_password)
    {
        return run(first().create(std::move(token), std::move(name), std::move(password), {"192.0.2.1", {}, {}}));
    }
};

Task<> create_into(FirstAdministrator& first, std::string token, std::string name, std::vector<std::string>& outcomes)
{
    outcomes.push_back(refusal(co_await first.create(std::move(token), std::move(name), good_password, {})));
}

Task<> create_both(FirstAdministrator& first, Executor executor, std::string token, std::vector<std::string>& outcomes)
{
    async::TaskGroup group(executor, [](auto, auto) { });
    group.spawn("one", create_into(first, token, "one-admin", outcomes));
    group.spawn("two", create_into(first, token, "two-admin", outcomes));
    co_await group.drained();
}

} // namespace

TEST_F(FirstAdministratorTest, WritesALinkThatOnlyTheOperatorCanRead)
{
    const auto link = renew();
    EXPECT_TRUE(link.starts_with("http://localhost:3000/setup#token="));
    EXPECT_EQ(token_of(link).size(), 43U);
    std::ifstream file(link_file());
    std::string line;
    std::getline(file, line);
    EXPECT_EQ(line, link);
    EXPECT_EQ(std::filesystem::status(link_file()).permissions(), std::filesystem::perms(0600));
    EXPECT_TRUE(first().is_needed());
}

TEST_F(FirstAdministratorTest, CreatesOnePersonWithAllRolesAndSignsThemIn)
{
    const auto token = token_of(renew());
    const auto made = create(token);
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_EQ(made->user.roles.size(), all_roles.size());
    EXPECT_TRUE(with_cookie(made->token));
    EXPECT_EQ(recorded(), "setup.complete user.create session.create");
    EXPECT_FALSE(first().is_needed());
    EXPECT_FALSE(std::filesystem::exists(link_file()));
    EXPECT_EQ(refusal(create(token, "second")), "conflict/already_set_up/");
    start();
    EXPECT_EQ(renew(), "");
    EXPECT_FALSE(first().is_needed());
}

TEST_F(FirstAdministratorTest, RefusesWrongOldAndExpiredTokens)
{
    const auto old = token_of(renew());
    const auto token = token_of(renew());
    for (const auto& wrong : {std::string(), old, token.substr(1), token + "x", std::string(1'000'000, 'x')})
        EXPECT_EQ(refusal(create(wrong)), "forbidden/bad_setup_token/token");
    EXPECT_NE(recorded().find("setup.complete!bad_setup_token"), std::string::npos);
    clock_.advance(1h);
    EXPECT_EQ(refusal(create(token)), "forbidden/bad_setup_token/token");
    EXPECT_TRUE(create(token_of(renew())));
}

TEST_F(FirstAdministratorTest, KeepsTheTokenWhenTheInputIsWrong)
{
    const auto token = token_of(renew());
    EXPECT_EQ(refusal(create(token, "a b")), "invalid/bad_user_name/name");
    EXPECT_EQ(refusal(create(token, "li", "short")), "invalid/password_too_short/password");
    make_account("taken");
    EXPECT_EQ(refusal(create(token, "taken")), "conflict/name_taken/name");
    EXPECT_TRUE(create(token));
}

TEST_F(FirstAdministratorTest, LetsOneThroughOfTwoAtOnce)
{
    const auto token = token_of(renew());
    std::vector<std::string> outcomes;
    testkit::run(loop_, create_both(first(), loop_.get_executor(), token, outcomes));
    std::ranges::sort(outcomes);
    EXPECT_EQ(outcomes, (std::vector<std::string>{"conflict/already_set_up/", "fine"}));
    EXPECT_EQ(run(repositories().users->count(storage::default_tenant)).value(), 1);
}
