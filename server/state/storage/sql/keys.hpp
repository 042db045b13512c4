#pragma once

#include <string_view>

namespace siyu::storage::sql {

inline constexpr std::string_view count_tenants = "SELECT count(*) FROM tenants";

inline constexpr std::string_view insert_tenant = "INSERT INTO tenants (id, name, created_at) VALUES ($1, $2, $3)";

inline constexpr std::string_view select_keys = "SELECT tenant_id, kind, wrapped FROM keys";

inline constexpr std::string_view insert_key =
    "INSERT INTO keys (tenant_id, kind, wrapped, created_at) VALUES ($1, $2, $3, $4)";

} // namespace siyu::storage::sql
