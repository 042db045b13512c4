#include "trust/policy/permission.hpp"

#include <algorithm>

namespace siyu::policy {
namespace {

/// The one role that holds each: nobody administers in another's field.
constexpr Role holder_of(Permission permission)
{
    switch (permission) {
    case Permission::admin_users:
    case Permission::admin_engines: return Role::system_admin;
    case Permission::admin_roles: return Role::security_admin;
    case Permission::admin_audit: return Role::audit_admin;
    default: return Role::member;
    }
}

/// What everybody who is signed in needs, an administrator without conversations of his own, too.
constexpr bool is_everybodys(Permission permission)
{
    return permission == Permission::session_own || permission == Permission::profile_own;
}

} // namespace

std::string_view to_string(Permission permission)
{
    switch (permission) {
    case Permission::session_own: return "session.own";
    case Permission::profile_own: return "profile.own";
    case Permission::apikey_own: return "apikey.own";
    case Permission::model_read: return "model.read";
    case Permission::conversation_read: return "conversation.read";
    case Permission::conversation_write: return "conversation.write";
    case Permission::chat_use: return "chat.use";
    case Permission::v1_use: return "v1.use";
    case Permission::admin_users: return "admin.users";
    case Permission::admin_engines: return "admin.engines";
    case Permission::admin_roles: return "admin.roles";
    case Permission::admin_audit: return "admin.audit";
    }
    return "unknown";
}

bool is_administrative(Permission permission)
{
    return holder_of(permission) != Role::member;
}

std::vector<Permission> permissions_of(const std::vector<Role>& roles)
{
    std::vector<Permission> out;
    for (const auto permission : all_permissions)
        if ((is_everybodys(permission) && !roles.empty()) || std::ranges::find(roles, holder_of(permission)) != roles.end())
            out.push_back(permission);
    return out;
}

} // namespace siyu::policy
