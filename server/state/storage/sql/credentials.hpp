#pragma once

#include <string_view>

namespace siyu::storage::sql {

inline constexpr std::string_view select_live_sessions =
    "SELECT id, user_id, token_hash, csrf_token, client, created_at, last_seen_at, expires_at, revoked_at FROM sessions"
    " WHERE tenant_id = $1 AND revoked_at IS NULL AND expires_at > $2";

inline constexpr std::string_view select_sessions_of_user =
    "SELECT id, user_id, token_hash, csrf_token, client, created_at, last_seen_at, expires_at, revoked_at FROM sessions"
    " WHERE tenant_id = $1 AND user_id = $2 AND revoked_at IS NULL AND expires_at > $3 ORDER BY created_at DESC, id DESC";

inline constexpr std::string_view select_session_by_token =
    "SELECT id, user_id, token_hash, csrf_token, client, created_at, last_seen_at, expires_at, revoked_at FROM sessions"
    " WHERE tenant_id = $1 AND token_hash = $2 AND revoked_at IS NULL";

inline constexpr std::string_view insert_session =
    "INSERT INTO sessions (tenant_id, id, user_id, token_hash, csrf_token, client, created_at, last_seen_at, expires_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

inline constexpr std::string_view touch_session =
    "UPDATE sessions SET last_seen_at = $3 WHERE tenant_id = $1 AND id = $2 AND last_seen_at < $3";

inline constexpr std::string_view revoke_session =
    "UPDATE sessions SET revoked_at = $4 WHERE tenant_id = $1 AND user_id = $2 AND id = $3 AND revoked_at IS NULL";

inline constexpr std::string_view revoke_sessions_of_user =
    "UPDATE sessions SET revoked_at = $4 WHERE tenant_id = $1 AND user_id = $2 AND id <> $3 AND revoked_at IS NULL";

inline constexpr std::string_view select_live_api_keys =
    "SELECT id, user_id, name, prefix, key_hash, created_at, expires_at, last_used_at, revoked_at FROM api_keys"
    " WHERE tenant_id = $1 AND revoked_at IS NULL AND expires_at > $2";

inline constexpr std::string_view select_api_keys_of_user =
    "SELECT id, user_id, name, prefix, key_hash, created_at, expires_at, last_used_at, revoked_at FROM api_keys"
    " WHERE tenant_id = $1 AND user_id = $2 ORDER BY created_at DESC, id DESC";

inline constexpr std::string_view insert_api_key =
    "INSERT INTO api_keys (tenant_id, id, user_id, name, prefix, key_hash, created_at, expires_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

inline constexpr std::string_view revoke_api_key =
    "UPDATE api_keys SET revoked_at = $4 WHERE tenant_id = $1 AND user_id = $2 AND id = $3 AND revoked_at IS NULL";

inline constexpr std::string_view revoke_api_keys_of_user =
    "UPDATE api_keys SET revoked_at = $3 WHERE tenant_id = $1 AND user_id = $2 AND revoked_at IS NULL";

inline constexpr std::string_view touch_api_key = "UPDATE api_keys SET last_used_at = $3 WHERE tenant_id = $1 AND id = $2"
                                                  " AND (last_used_at IS NULL OR last_used_at < $3)";

} // namespace siyu::storage::sql
