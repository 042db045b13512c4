#pragma once

#include "core/domain/principal.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace siyu::policy {

/// What a route may demand. Each administrative one (the last four) belongs to exactly one of the three administrators.
enum class Permission {
    session_own, ///< see and end one's own sessions
    profile_own, ///< who am I; change one's name, language, password
    apikey_own,
    model_read,
    conversation_read,
    conversation_write,
    chat_use, ///< start, stop and continue turns
    v1_use,
    admin_users, ///< system administrator: accounts
    admin_engines, ///< system administrator: engines and upstreams
    admin_roles, ///< security administrator: who holds which role
    admin_audit, ///< audit administrator
};

inline constexpr std::array all_permissions = {Permission::session_own, Permission::profile_own, Permission::apikey_own,
    Permission::model_read, Permission::conversation_read, Permission::conversation_write, Permission::chat_use,
    Permission::v1_use, Permission::admin_users, Permission::admin_engines, Permission::admin_roles, Permission::admin_audit};

/// "chat.use", "admin.users": stable names, told to the web application.
std::string_view to_string(Permission permission);

bool is_administrative(Permission permission);

/// What these roles hold together, in the order of the enum.
std::vector<Permission> permissions_of(const std::vector<Role>& roles);

} // namespace siyu::policy
