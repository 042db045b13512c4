#pragma once

#include <string_view>

namespace siyu::storage::sql {

// One row for each role, so that a user and the roles are of one moment.

inline constexpr std::string_view select_user =
    "SELECT u.id, u.name, u.display_name, u.locale, u.state, u.password_hash, u.failed_sign_ins, u.locked_until,"
    " u.last_sign_in_at, u.created_at, r.role"
    " FROM users u LEFT JOIN role_bindings r ON r.tenant_id = u.tenant_id AND r.user_id = u.id"
    " WHERE u.tenant_id = $1 AND u.id = $2 ORDER BY r.role";

inline constexpr std::string_view select_user_by_name =
    "SELECT u.id, u.name, u.display_name, u.locale, u.state, u.password_hash, u.failed_sign_ins, u.locked_until,"
    " u.last_sign_in_at, u.created_at, r.role"
    " FROM users u LEFT JOIN role_bindings r ON r.tenant_id = u.tenant_id AND r.user_id = u.id"
    " WHERE u.tenant_id = $1 AND u.name_key = $2 ORDER BY r.role";

inline constexpr std::string_view select_users =
    "SELECT u.id, u.name, u.display_name, u.locale, u.state, u.password_hash, u.failed_sign_ins, u.locked_until,"
    " u.last_sign_in_at, u.created_at, r.role"
    " FROM (SELECT * FROM users WHERE tenant_id = $1 AND name_key > $2 ORDER BY name_key LIMIT $3) u"
    " LEFT JOIN role_bindings r ON r.tenant_id = u.tenant_id AND r.user_id = u.id"
    " ORDER BY u.name_key, r.role";

inline constexpr std::string_view count_users = "SELECT count(*) FROM users WHERE tenant_id = $1";

inline constexpr std::string_view count_administrators =
    "SELECT count(*) FROM role_bindings WHERE tenant_id = $1 AND role <> 'member'";

// Conditions touch the tenant's row, changing nothing, when they hold.

inline constexpr std::string_view demand_no_administrator =
    "UPDATE tenants SET name = name WHERE id = $1"
    " AND NOT EXISTS (SELECT 1 FROM role_bindings WHERE tenant_id = $1 AND role <> 'member')";

inline constexpr std::string_view demand_active_holder =
    "UPDATE tenants SET name = name WHERE id = $1"
    " AND EXISTS (SELECT 1 FROM role_bindings r JOIN users u ON u.tenant_id = r.tenant_id AND u.id = r.user_id"
    " WHERE r.tenant_id = $1 AND r.role = $2 AND u.state = 'active')";

inline constexpr std::string_view insert_user =
    "INSERT INTO users (tenant_id, id, name, name_key, display_name, locale, state, password_hash, failed_sign_ins,"
    " locked_until, last_sign_in_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

inline constexpr std::string_view update_user_profile =
    "UPDATE users SET display_name = $3, locale = $4 WHERE tenant_id = $1 AND id = $2";

inline constexpr std::string_view update_user_password = "UPDATE users SET password_hash = $3 WHERE tenant_id = $1 AND id = $2";

inline constexpr std::string_view update_user_state = "UPDATE users SET state = $3 WHERE tenant_id = $1 AND id = $2";

inline constexpr std::string_view update_user_sign_in =
    "UPDATE users SET failed_sign_ins = $3, locked_until = $4, last_sign_in_at = $5 WHERE tenant_id = $1 AND id = $2";

inline constexpr std::string_view insert_role =
    "INSERT INTO role_bindings (tenant_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)";

inline constexpr std::string_view delete_roles = "DELETE FROM role_bindings WHERE tenant_id = $1 AND user_id = $2";

} // namespace siyu::storage::sql
