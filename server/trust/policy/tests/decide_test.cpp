#include "trust/policy/decide.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

using namespace siyu;
using policy::Permission;

namespace {

Principal with(std::vector<Role> roles, Credential credential = Credential::session)
{
    Principal principal;
    principal.roles = std::move(roles);
    principal.credential = credential;
    return principal;
}

/// Role × permission, as a table to be read: member, system, security, audit.
const std::map<std::string_view, std::string_view> expected{
    {"session.own", "yyyy"},
    {"profile.own", "yyyy"},
    {"apikey.own", "y---"},
    {"model.read", "y---"},
    {"conversation.read", "y---"},
    {"conversation.write", "y---"},
    {"chat.use", "y---"},
    {"v1.use", "y---"},
    {"admin.users", "-y--"},
    {"admin.engines", "-y--"},
    {"admin.roles", "--y-"},
    {"admin.audit", "---y"},
};

} // namespace

TEST(Decide, HoldsTheTableOfRolesAndPermissions)
{
    ASSERT_EQ(expected.size(), policy::all_permissions.size());
    for (const auto permission : policy::all_permissions) {
        std::string row;
        for (const auto role : all_roles)
            row += policy::decide(with({role}), permission) ? 'y' : '-';
        EXPECT_EQ(row, expected.at(policy::to_string(permission))) << policy::to_string(permission);
    }
}

TEST(Decide, GivesEachAdministrativePermissionToExactlyOneAdministrator)
{
    for (const auto permission : policy::all_permissions) {
        if (!policy::is_administrative(permission))
            continue;
        const auto holders = std::ranges::count_if(
            all_roles, [&](Role role) { return static_cast<bool>(policy::decide(with({role}), permission)); });
        EXPECT_EQ(holders, 1) << policy::to_string(permission);
        EXPECT_FALSE(policy::decide(with({Role::member}), permission));
    }
}

TEST(Decide, GivesTheFirstPersonEverything)
{
    const auto first = with({Role::member, Role::system_admin, Role::security_admin, Role::audit_admin});
    for (const auto permission : policy::all_permissions)
        EXPECT_TRUE(policy::decide(first, permission)) << policy::to_string(permission);
    EXPECT_EQ(policy::permissions_of(first.roles).size(), policy::all_permissions.size());
}

TEST(Decide, GivesNobodyNothing)
{
    for (const auto permission : policy::all_permissions) {
        const auto decision = policy::decide(with({}), permission);
        EXPECT_FALSE(decision);
        EXPECT_EQ(decision.reason, "permission_missing");
    }
}

TEST(Decide, LetsNoApiKeyAdministerOrMakeKeys)
{
    const auto key = with({Role::member, Role::system_admin, Role::security_admin, Role::audit_admin}, Credential::api_key);
    for (const auto permission : policy::all_permissions) {
        const auto decision = policy::decide(key, permission);
        const bool is_for_sessions = policy::is_administrative(permission) || permission == Permission::apikey_own
            || permission == Permission::session_own;
        EXPECT_EQ(static_cast<bool>(decision), !is_for_sessions) << policy::to_string(permission);
        EXPECT_EQ(decision.reason, is_for_sessions ? "session_needed" : "");
    }
}

TEST(DecideAny, IsAllowedByEither)
{
    const auto either = {Permission::admin_users, Permission::admin_roles};
    EXPECT_TRUE(policy::decide_any(with({Role::system_admin}), either));
    EXPECT_TRUE(policy::decide_any(with({Role::security_admin}), either));
    EXPECT_FALSE(policy::decide_any(with({Role::audit_admin}), either));
    EXPECT_EQ(policy::decide_any(with({Role::security_admin}, Credential::api_key), either).reason, "session_needed");
    EXPECT_FALSE(policy::decide_any(with({Role::member}), {}));
}
