#include "trust/identity/tests/fixture.hpp"

using namespace siyu;
using namespace siyu::identity;

namespace {

class AccountsTest : public IdentityTest {
protected:
    Accounts& accounts() { return identity_->accounts; }
    std::string create(std::string name, std::string password = good_password, std::string display_name = {})
    {
        return refusal(run(
            accounts().create(system_act(), {std::move(name), std::move(display_name), std::move(password), {Role::member}})));
    }
};

const std::vector<Role> all_four(all_roles.begin(), all_roles.end());

} // namespace

TEST_F(AccountsTest, CreatesAnAccountWithItsRecord)
{
    const auto made = make_account("李雷");
    EXPECT_EQ(recorded(), "user.create");
    EXPECT_EQ(made.display_name, "李雷");
    EXPECT_EQ(run(accounts().find_by_name("李雷")).value().id, made.id);
    EXPECT_TRUE(sign_in("李雷"));
}

TEST_F(AccountsTest, RefusesBadNamesAndPasswords)
{
    make_account("alice");
    EXPECT_EQ(create("ALICE"), "conflict/name_taken/name");
    EXPECT_EQ(create("a b"), "invalid/bad_user_name/name");
    EXPECT_EQ(create(""), "invalid/bad_user_name/name");
    EXPECT_EQ(create("bob", "short"), "invalid/password_too_short/password");
    EXPECT_EQ(create("bob", good_password, "x\ny"), "invalid/bad_name/display_name");
    journal_->failure = Errc::unavailable;
    EXPECT_EQ(create("bob"), "unavailable//");
}

TEST_F(AccountsTest, ChangesTheProfileFromTheNextRequestOn)
{
    make_account("alice");
    const auto alice = sign_in("alice").value();
    recorded();
    const auto changed = run(accounts().change_profile(act_of(alice), alice.user.id, {"Alice 李", "zh-CN"}));
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->display_name, "Alice 李");
    EXPECT_EQ(with_cookie(alice.token)->principal.locale, "zh-CN");
    EXPECT_EQ(refusal(run(accounts().change_profile(act_of(alice), alice.user.id, {std::nullopt, "xx"}))),
        "invalid/unknown_locale/locale");
    EXPECT_EQ(refusal(run(accounts().change_profile(act_of(alice), alice.user.id, {"", std::nullopt}))),
        "invalid/bad_name/display_name");
    ASSERT_TRUE(run(accounts().change_profile(system_act(), alice.user.id, {"A", std::nullopt})));
    EXPECT_EQ(recorded(), "user.profile user.update");
}

TEST_F(AccountsTest, ChangesThePasswordAndEndsTheOtherSessions)
{
    make_account("alice");
    const auto here = sign_in("alice").value();
    const auto elsewhere = sign_in("alice").value();
    const auto change = [&](const char* current, const char* fresh) {
        return refusal(run(accounts().change_password(act_of(here), current, fresh)));
    };
    EXPECT_EQ(change("not my password", other_password), "invalid/wrong_password/current_password");
    EXPECT_EQ(change(good_password, "short"), "invalid/password_too_short/new_password");
    EXPECT_TRUE(with_cookie(elsewhere.token));
    recorded();
    EXPECT_EQ(change(good_password, other_password), "fine");
    EXPECT_EQ(recorded(), "user.password");
    EXPECT_TRUE(with_cookie(here.token));
    EXPECT_FALSE(with_cookie(elsewhere.token));
    EXPECT_FALSE(sign_in("alice"));
    EXPECT_TRUE(sign_in("alice", other_password));
}

TEST_F(AccountsTest, LocksWhoGuessesThePresentPassword)
{
    make_account("alice");
    const auto alice = sign_in("alice").value();
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(refusal(run(accounts().change_password(act_of(alice), "not my password", other_password))),
            "invalid/wrong_password/current_password");
    EXPECT_EQ(
        refusal(run(accounts().change_password(act_of(alice), good_password, other_password))), "rate_limited/sign_in_locked/");
}

TEST_F(AccountsTest, ResetsAPasswordEndsAllSessionsAndLiftsTheLock)
{
    make_account("alice");
    const auto alice = sign_in("alice").value();
    for (int i = 0; i < 5; ++i)
        EXPECT_FALSE(sign_in("alice", "wrong password"));
    ASSERT_TRUE(run(accounts().reset_password(system_act(), alice.user.id, other_password)));
    EXPECT_FALSE(with_cookie(alice.token));
    EXPECT_TRUE(sign_in("alice", other_password));
    EXPECT_EQ(refusal(run(accounts().reset_password(system_act(), UserId{"gone"}, other_password))), "not_found//");
}

TEST_F(AccountsTest, GivesAndTakesRolesFromTheNextRequestOn)
{
    make_account("first", all_four);
    make_account("alice");
    const auto alice = sign_in("alice").value();
    recorded();
    ASSERT_TRUE(run(accounts().assign_roles(system_act(), alice.user.id, {Role::audit_admin, Role::member, Role::member})));
    EXPECT_EQ(recorded(), "user.roles");
    EXPECT_EQ(with_cookie(alice.token)->principal.roles, (std::vector{Role::member, Role::audit_admin}));
    ASSERT_TRUE(run(accounts().assign_roles(system_act(), alice.user.id, {Role::member})));
    EXPECT_EQ(with_cookie(alice.token)->principal.roles, std::vector{Role::member});
    EXPECT_EQ(refusal(run(accounts().assign_roles(system_act(), alice.user.id, {}))), "invalid/empty_field/roles");
}

TEST_F(AccountsTest, KeepsTheLastHolderOfEachAdministratorRole)
{
    const auto first = make_account("first", all_four);
    for (const auto lost : {Role::system_admin, Role::security_admin, Role::audit_admin}) {
        auto rest = all_four;
        std::erase(rest, lost);
        EXPECT_EQ(refusal(run(accounts().assign_roles(system_act(), first.id, rest))), "conflict/last_administrator/roles");
    }
    EXPECT_EQ(refusal(run(accounts().set_disabled(system_act(), first.id, true))), "conflict/last_administrator/");
    const auto second = make_account("second", {Role::system_admin});
    auto rest = all_four;
    std::erase(rest, Role::system_admin);
    EXPECT_TRUE(run(accounts().assign_roles(system_act(), first.id, rest)));
    EXPECT_EQ(refusal(run(accounts().set_disabled(system_act(), second.id, true))), "conflict/last_administrator/");
    EXPECT_EQ(run(accounts().find(second.id)).value().state, storage::UserState::active);
}

TEST_F(AccountsTest, ListsPageByPage)
{
    for (const auto* name : {"carol", "alice", "Bob"})
        make_account(name);
    const auto first = run(accounts().list("", 2)).value();
    ASSERT_EQ(first.items.size(), 2U);
    EXPECT_EQ(first.items[0].name + first.items[1].name, "aliceBob");
    const auto second = run(accounts().list(first.next_cursor, 2)).value();
    ASSERT_EQ(second.items.size(), 1U);
    EXPECT_EQ(second.items[0].name, "carol");
    EXPECT_EQ(second.next_cursor, "");
}

TEST_F(AccountsTest, RecordsNoNameAddressOrSecret)
{
    make_account("alice");
    EXPECT_FALSE(sign_in("alice", "wrong canary password"));
    EXPECT_TRUE(sign_in("alice"));
    for (const auto& event : journal_->events) {
        std::string all = event.action + event.reason + event.actor + event.object_id + event.source + event.credential;
        for (const auto& [name, value] : event.labels)
            all += name + value;
        for (const auto* hidden : {"alice", "canary", "192.0.2", good_password})
            EXPECT_EQ(all.find(hidden), std::string::npos) << all;
    }
}
