#include "core/domain/principal.hpp"

#include <algorithm>

namespace siyu {

std::string_view to_string(Role role)
{
    switch (role) {
    case Role::member: return "member";
    case Role::system_admin: return "system_admin";
    case Role::security_admin: return "security_admin";
    case Role::audit_admin: return "audit_admin";
    }
    return "member";
}

std::optional<Role> parse_role(std::string_view text)
{
    for (const auto role : all_roles)
        if (to_string(role) == text)
            return role;
    return std::nullopt;
}

bool Principal::has_role(Role role) const
{
    return std::ranges::find(roles, role) != roles.end();
}

} // namespace siyu
