#pragma once

#include "core/domain/ids.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace siyu {

/// Each administrative permission belongs to exactly one of the three administrators (三员分立).
enum class Role { member, system_admin, security_admin, audit_admin };

inline constexpr std::array all_roles = {Role::member, Role::system_admin, Role::security_admin, Role::audit_admin};

std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view text);

/// How somebody proved who they are.
enum class Credential { session, api_key, command_line };

/// Who acts, as identity established it.
struct Principal {
    TenantId tenant;
    UserId user;
    std::string name;
    std::vector<Role> roles;
    Credential credential = Credential::session;
    std::string credential_id; ///< the session's or the key's id
    std::string locale; ///< "zh-CN", "en-US", or empty: as the request asks

    Scope scope() const { return {tenant, user}; }
    bool has_role(Role role) const;
};

} // namespace siyu
