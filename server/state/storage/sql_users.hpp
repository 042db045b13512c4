#pragma once

#include "state/storage/repositories.hpp"

namespace siyu::storage {

class SqlUsers final : public Users {
public:
    explicit SqlUsers(db::Database& database) : database_(database) { }

    Task<Result<User>> find(TenantId tenant, UserId id) override;
    Task<Result<User>> find_by_name(TenantId tenant, std::string name) override;
    Task<Result<std::vector<User>>> list(TenantId tenant, std::string after, std::int64_t limit) override;
    Task<Result<std::int64_t>> count(TenantId tenant) override;
    Task<Result<bool>> has_administrator(TenantId tenant) override;

    Change demand_no_administrator(TenantId tenant) override;
    Change demand_active_holder(TenantId tenant, Role role) override;

    std::vector<Change> insert(TenantId tenant, const User& user) override;
    Change update_profile(TenantId tenant, UserId id, std::string display_name, std::string locale) override;
    Change set_password(TenantId tenant, UserId id, std::string password_hash) override;
    Change set_state(TenantId tenant, UserId id, UserState state) override;
    Change set_sign_in_record(TenantId tenant, UserId id, std::int64_t failed, std::optional<Time> locked_until,
        std::optional<Time> last_sign_in_at) override;
    std::vector<Change> replace_roles(TenantId tenant, UserId id, std::vector<Role> roles, Time now) override;

private:
    db::Database& database_;
};

} // namespace siyu::storage
