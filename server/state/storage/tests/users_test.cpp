#include "state/storage/tests/fixture.hpp"

namespace siyu::storage {
namespace {

using UsersContract = StorageTest;

TEST_F(UsersContract, GivesBackWhatWasInserted)
{
    User user;
    user.id = UserId::make(clock_.now());
    user.name = "张伟";
    user.display_name = "Zhang Wei";
    user.locale = "zh-CN";
    user.password_hash = "$argon2id$…";
    user.roles = {Role::system_admin, Role::audit_admin};
    user.created_at = clock_.now();
    ASSERT_TRUE(commit(repositories().users->insert(default_tenant, user)));

    const auto found = run(repositories().users->find(default_tenant, user.id));

    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_EQ(found->name, user.name);
    EXPECT_EQ(found->display_name, user.display_name);
    EXPECT_EQ(found->locale, user.locale);
    EXPECT_EQ(found->password_hash, user.password_hash);
    EXPECT_EQ(found->created_at, user.created_at);
    EXPECT_EQ(found->state, UserState::active);
    EXPECT_FALSE(found->locked_until);
    EXPECT_EQ(found->roles.size(), 2U);
}

TEST_F(UsersContract, FindsNamesWithoutRegardToCaseAndRefusesASecondOfThem)
{
    const auto user = make_user("Anna");
    EXPECT_EQ(run(repositories().users->find_by_name(default_tenant, "aNNA"))->id, user.id);

    auto twin = user;
    twin.id = UserId::make(clock_.now());
    twin.name = "ANNA";
    const auto refused = commit(repositories().users->insert(default_tenant, twin));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::conflict);
}

TEST_F(UsersContract, ListsByNameInPages)
{
    for (const auto* name : {"carl", "Anna", "bert"})
        make_user(name, {Role::member, Role::system_admin});

    const auto first = run(repositories().users->list(default_tenant, "", 2));
    ASSERT_EQ(first->size(), 2U);
    EXPECT_EQ((*first)[0].name, "Anna");
    EXPECT_EQ((*first)[1].name, "bert");
    EXPECT_EQ((*first)[1].roles.size(), 2U);
    const auto second = run(repositories().users->list(default_tenant, (*first)[1].name, 2));
    ASSERT_EQ(second->size(), 1U);
    EXPECT_EQ((*second)[0].name, "carl");
    EXPECT_EQ(*run(repositories().users->count(default_tenant)), 3);
}

TEST_F(UsersContract, KeepsTenantsApart)
{
    const auto user = make_user("Anna");
    const TenantId other{"01900000-0000-7000-8000-000000000009"};

    EXPECT_EQ(run(repositories().users->find(other, user.id)).error().code, Errc::not_found);
    EXPECT_EQ(*run(repositories().users->count(other)), 0);
    EXPECT_EQ(commit(std::vector{repositories().users->set_password(other, user.id, "x")}).error().code, Errc::conflict);
}

TEST_F(UsersContract, ChangesEachField)
{
    const auto id = make_user("Anna").id;
    auto& users = *repositories().users;
    const auto until = tick();
    auto changes = users.replace_roles(default_tenant, id, {Role::security_admin}, until);
    changes.push_back(users.update_profile(default_tenant, id, "Anna B", "en-US"));
    changes.push_back(users.set_password(default_tenant, id, "hash"));
    changes.push_back(users.set_state(default_tenant, id, UserState::disabled));
    changes.push_back(users.set_sign_in_record(default_tenant, id, 4, until, std::nullopt));
    ASSERT_TRUE(commit(std::move(changes)));

    const auto user = run(users.find(default_tenant, id));
    EXPECT_EQ(user->roles, std::vector{Role::security_admin});
    EXPECT_EQ(user->display_name, "Anna B");
    EXPECT_EQ(user->locale, "en-US");
    EXPECT_EQ(user->password_hash, "hash");
    EXPECT_EQ(user->state, UserState::disabled);
    EXPECT_EQ(user->failed_sign_ins, 4);
    EXPECT_EQ(user->locked_until, until);
}

TEST_F(UsersContract, DemandsHoldAtTheirPlaceInTheCommit)
{
    auto& users = *repositories().users;
    EXPECT_FALSE(*run(users.has_administrator(default_tenant)));
    EXPECT_TRUE(commit(std::vector{users.demand_no_administrator(default_tenant)}));
    const auto id = make_user("admin", {Role::system_admin}).id;

    EXPECT_TRUE(*run(users.has_administrator(default_tenant)));
    EXPECT_EQ(commit(std::vector{users.demand_no_administrator(default_tenant)}).error().code, Errc::conflict);
    EXPECT_TRUE(commit(std::vector{users.demand_active_holder(default_tenant, Role::system_admin)}));
    EXPECT_FALSE(commit(std::vector{users.demand_active_holder(default_tenant, Role::audit_admin)}));

    const auto refused = commit(std::vector{users.set_state(default_tenant, id, UserState::disabled),
        users.demand_active_holder(default_tenant, Role::system_admin)});
    EXPECT_FALSE(refused);
    EXPECT_EQ(run(users.find(default_tenant, id))->state, UserState::active);
}

} // namespace
} // namespace siyu::storage
