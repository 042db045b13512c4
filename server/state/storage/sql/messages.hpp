#pragma once

#include <string_view>

namespace siyu::storage::sql {

inline constexpr std::string_view select_messages =
    "SELECT id, conversation_id, parent_id, author, sealed, level, revision, state, turn_id, meta, created_at FROM messages"
    " WHERE tenant_id = $1 AND owner_id = $2 AND conversation_id = $3 ORDER BY created_at, id";

inline constexpr std::string_view select_message =
    "SELECT id, conversation_id, parent_id, author, sealed, level, revision, state, turn_id, meta, created_at FROM messages"
    " WHERE tenant_id = $1 AND owner_id = $2 AND id = $3";

/// Those older than ($3, $4), newest first.
inline constexpr std::string_view select_messages_of_owner =
    "SELECT id, conversation_id, parent_id, author, sealed, level, revision, state, turn_id, meta, created_at FROM messages"
    " WHERE tenant_id = $1 AND owner_id = $2 AND (created_at, id) < ($3, $4) ORDER BY created_at DESC, id DESC LIMIT $5";

inline constexpr std::string_view insert_message =
    "INSERT INTO messages (tenant_id, id, conversation_id, owner_id, parent_id, author, sealed, level, revision, state,"
    " turn_id, meta, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

inline constexpr std::string_view update_message =
    "UPDATE messages SET sealed = $5, level = $6, revision = $7, state = $8, meta = $9"
    " WHERE tenant_id = $1 AND owner_id = $2 AND conversation_id = $3 AND id = $4 AND revision = $10";

} // namespace siyu::storage::sql
