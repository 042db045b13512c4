#include "state/storage/sql_credentials.hpp"

#include "state/storage/rows.hpp"
#include "state/storage/sql/credentials.hpp"

namespace siyu::storage {
namespace {

Session to_session(const db::Row& row)
{
    return {.id = SessionId{row.text(0)},
        .user = UserId{row.text(1)},
        .token_hash = row.bytes(2),
        .csrf_token = row.text(3),
        .client = row.text(4),
        .created_at = from_micros(row.integer(5)),
        .last_seen_at = from_micros(row.integer(6)),
        .expires_at = from_micros(row.integer(7)),
        .revoked_at = time_or_nothing(row, 8)};
}

ApiKey to_api_key(const db::Row& row)
{
    return {.id = ApiKeyId{row.text(0)},
        .user = UserId{row.text(1)},
        .name = row.text(2),
        .prefix = row.text(3),
        .key_hash = row.bytes(4),
        .created_at = from_micros(row.integer(5)),
        .expires_at = from_micros(row.integer(6)),
        .last_used_at = time_or_nothing(row, 7),
        .revoked_at = time_or_nothing(row, 8)};
}

template <class T> Result<std::vector<T>> to_list(const Result<std::vector<db::Row>>& rows, T (*to_record)(const db::Row&))
{
    if (!rows)
        return fail(rows.error());
    std::vector<T> records;
    records.reserve(rows->size());
    for (const auto& row : *rows)
        records.push_back(to_record(row));
    return records;
}

} // namespace

Task<Result<std::vector<Session>>> SqlSessions::list_live(TenantId tenant, Time now)
{
    co_return to_list(co_await database_.query(sql::select_live_sessions, {tenant.text, to_micros(now)}), to_session);
}

Task<Result<std::vector<Session>>> SqlSessions::list(Scope scope, Time now)
{
    co_return to_list(
        co_await database_.query(sql::select_sessions_of_user, {scope.tenant.text, scope.principal.text, to_micros(now)}),
        to_session);
}

Task<Result<Session>> SqlSessions::find_by_token(TenantId tenant, Bytes token_hash)
{
    auto rows = co_await database_.query(sql::select_session_by_token, {tenant.text, std::move(token_hash)});
    if (!rows)
        co_return fail(rows.error());
    if (rows->empty())
        co_return fail(Errc::not_found, "no such session");
    co_return to_session(rows->front());
}

Change SqlSessions::insert(TenantId tenant, const Session& session)
{
    return {.sql = sql::insert_session,
        .values = {tenant.text, session.id.text, session.user.text, session.token_hash, session.csrf_token, session.client,
            to_micros(session.created_at), to_micros(session.last_seen_at), to_micros(session.expires_at)}};
}

Change SqlSessions::touch(TenantId tenant, SessionId id, Time last_seen_at)
{
    return {.sql = sql::touch_session, .values = {tenant.text, id.text, to_micros(last_seen_at)}};
}

Change SqlSessions::revoke(Scope scope, SessionId id, Time now)
{
    return {.sql = sql::revoke_session,
        .values = {scope.tenant.text, scope.principal.text, id.text, to_micros(now)},
        .must_change = 1};
}

Change SqlSessions::revoke_all(TenantId tenant, UserId user, std::optional<SessionId> except, Time now)
{
    return {.sql = sql::revoke_sessions_of_user,
        .values = {tenant.text, user.text, except ? except->text : std::string(), to_micros(now)}};
}

Task<Result<std::vector<ApiKey>>> SqlApiKeys::list_live(TenantId tenant, Time now)
{
    co_return to_list(co_await database_.query(sql::select_live_api_keys, {tenant.text, to_micros(now)}), to_api_key);
}

Task<Result<std::vector<ApiKey>>> SqlApiKeys::list(Scope scope)
{
    co_return to_list(
        co_await database_.query(sql::select_api_keys_of_user, {scope.tenant.text, scope.principal.text}), to_api_key);
}

Change SqlApiKeys::insert(TenantId tenant, const ApiKey& key)
{
    return {.sql = sql::insert_api_key,
        .values = {tenant.text, key.id.text, key.user.text, key.name, key.prefix, key.key_hash, to_micros(key.created_at),
            to_micros(key.expires_at)}};
}

Change SqlApiKeys::revoke(Scope scope, ApiKeyId id, Time now)
{
    return {.sql = sql::revoke_api_key,
        .values = {scope.tenant.text, scope.principal.text, id.text, to_micros(now)},
        .must_change = 1};
}

Change SqlApiKeys::revoke_all(TenantId tenant, UserId user, Time now)
{
    return {.sql = sql::revoke_api_keys_of_user, .values = {tenant.text, user.text, to_micros(now)}};
}

Change SqlApiKeys::touch(TenantId tenant, ApiKeyId id, Time last_used_at)
{
    return {.sql = sql::touch_api_key, .values = {tenant.text, id.text, to_micros(last_used_at)}};
}

} // namespace siyu::storage
