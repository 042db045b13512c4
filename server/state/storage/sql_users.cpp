#include "state/storage/sql_users.hpp"

#include "core/base/text.hpp"
#include "state/storage/rows.hpp"
#include "state/storage/sql/users.hpp"

namespace siyu::storage {
namespace {

std::string to_text(UserState state)
{
    return state == UserState::active ? "active" : "disabled";
}

User to_user(const db::Row& row)
{
    return {.id = UserId{row.text(0)},
        .name = row.text(1),
        .display_name = row.text(2),
        .locale = row.text(3),
        .state = row.text(4) == "active" ? UserState::active : UserState::disabled,
        .password_hash = row.text(5),
        .roles = {},
        .failed_sign_ins = row.integer(6),
        .locked_until = time_or_nothing(row, 7),
        .last_sign_in_at = time_or_nothing(row, 8),
        .created_at = from_micros(row.integer(9))};
}

/// Rows of one user stand together, one for each role.
Result<std::vector<User>> to_users(const std::vector<db::Row>& rows)
{
    std::vector<User> users;
    for (const auto& row : rows) {
        if (users.empty() || users.back().id.text != row.text(0))
            users.push_back(to_user(row));
        if (row.is_null(10))
            continue;
        auto role = known(parse_role(row.text(10)), "role");
        if (!role)
            return fail(role.error());
        users.back().roles.push_back(*role);
    }
    return users;
}

Result<User> to_only_user(const Result<std::vector<db::Row>>& rows)
{
    if (!rows)
        return fail(rows.error());
    auto users = to_users(*rows);
    if (!users)
        return fail(users.error());
    if (users->empty())
        return fail(Errc::not_found, "no such user");
    return std::move(users->front());
}

/// Names differ by more than the case of ASCII letters.
std::string name_key(std::string_view name)
{
    return to_lower(name);
}

} // namespace

Task<Result<User>> SqlUsers::find(TenantId tenant, UserId id)
{
    co_return to_only_user(co_await database_.query(sql::select_user, {tenant.text, id.text}));
}

Task<Result<User>> SqlUsers::find_by_name(TenantId tenant, std::string name)
{
    co_return to_only_user(co_await database_.query(sql::select_user_by_name, {tenant.text, name_key(name)}));
}

Task<Result<std::vector<User>>> SqlUsers::list(TenantId tenant, std::string after, std::int64_t limit)
{
    const auto rows = co_await database_.query(sql::select_users, {tenant.text, name_key(after), limit});
    if (!rows)
        co_return fail(rows.error());
    co_return to_users(*rows);
}

Task<Result<std::int64_t>> SqlUsers::count(TenantId tenant)
{
    const auto rows = co_await database_.query(sql::count_users, {tenant.text});
    if (!rows)
        co_return fail(rows.error());
    co_return rows->front().integer(0);
}

Task<Result<bool>> SqlUsers::has_administrator(TenantId tenant)
{
    const auto rows = co_await database_.query(sql::count_administrators, {tenant.text});
    if (!rows)
        co_return fail(rows.error());
    co_return rows->front().integer(0) > 0;
}

Change SqlUsers::demand_no_administrator(TenantId tenant)
{
    return {.sql = sql::demand_no_administrator, .values = {tenant.text}, .must_change = 1};
}

Change SqlUsers::demand_active_holder(TenantId tenant, Role role)
{
    return {.sql = sql::demand_active_holder, .values = {tenant.text, std::string(to_string(role))}, .must_change = 1};
}

std::vector<Change> SqlUsers::insert(TenantId tenant, const User& user)
{
    std::vector<Change> changes;
    changes.push_back({.sql = sql::insert_user,
        .values = {tenant.text, user.id.text, user.name, name_key(user.name), user.display_name, user.locale,
            to_text(user.state), user.password_hash, user.failed_sign_ins, to_value(user.locked_until),
            to_value(user.last_sign_in_at), to_micros(user.created_at)}});
    for (const auto role : user.roles)
        changes.push_back({.sql = sql::insert_role,
            .values = {tenant.text, user.id.text, std::string(to_string(role)), to_micros(user.created_at)}});
    return changes;
}

Change SqlUsers::update_profile(TenantId tenant, UserId id, std::string display_name, std::string locale)
{
    return {.sql = sql::update_user_profile,
        .values = {tenant.text, id.text, std::move(display_name), std::move(locale)},
        .must_change = 1};
}

Change SqlUsers::set_password(TenantId tenant, UserId id, std::string password_hash)
{
    return {.sql = sql::update_user_password, .values = {tenant.text, id.text, std::move(password_hash)}, .must_change = 1};
}

Change SqlUsers::set_state(TenantId tenant, UserId id, UserState state)
{
    return {.sql = sql::update_user_state, .values = {tenant.text, id.text, to_text(state)}, .must_change = 1};
}

Change SqlUsers::set_sign_in_record(
    TenantId tenant, UserId id, std::int64_t failed, std::optional<Time> locked_until, std::optional<Time> last_sign_in_at)
{
    return {.sql = sql::update_user_sign_in,
        .values = {tenant.text, id.text, failed, to_value(locked_until), to_value(last_sign_in_at)},
        .must_change = 1};
}

std::vector<Change> SqlUsers::replace_roles(TenantId tenant, UserId id, std::vector<Role> roles, Time now)
{
    std::vector<Change> changes;
    changes.push_back({.sql = sql::delete_roles, .values = {tenant.text, id.text}});
    for (const auto role : roles)
        changes.push_back(
            {.sql = sql::insert_role, .values = {tenant.text, id.text, std::string(to_string(role)), to_micros(now)}});
    return changes;
}

} // namespace siyu::storage
