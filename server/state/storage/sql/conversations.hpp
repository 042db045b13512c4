#pragma once

#include <string_view>

namespace siyu::storage::sql {

inline constexpr std::string_view select_conversation =
    "SELECT id, owner_id, wrapped_key, sealed_title, sealed_prompt, revision, level, model, parameters, is_pinned,"
    " is_archived, created_at, updated_at FROM conversations WHERE tenant_id = $1 AND owner_id = $2 AND id = $3";

/// Those after ($4, $5, $6) in the order of the list.
inline constexpr std::string_view select_conversations =
    "SELECT id, owner_id, wrapped_key, sealed_title, sealed_prompt, revision, level, model, parameters, is_pinned,"
    " is_archived, created_at, updated_at FROM conversations"
    " WHERE tenant_id = $1 AND owner_id = $2 AND is_archived = $3 AND (is_pinned, updated_at, id) < ($4, $5, $6)"
    " ORDER BY is_pinned DESC, updated_at DESC, id DESC LIMIT $7";

inline constexpr std::string_view select_titles =
    "SELECT id, owner_id, wrapped_key, sealed_title, sealed_prompt, revision, level, model, parameters, is_pinned,"
    " is_archived, created_at, updated_at FROM conversations WHERE tenant_id = $1 AND owner_id = $2"
    " ORDER BY updated_at DESC, id DESC LIMIT $3";

inline constexpr std::string_view select_conversation_key =
    "SELECT wrapped_key FROM conversations WHERE tenant_id = $1 AND owner_id = $2 AND id = $3";

inline constexpr std::string_view insert_conversation =
    "INSERT INTO conversations (tenant_id, id, owner_id, wrapped_key, sealed_title, sealed_prompt, revision, level, model,"
    " parameters, is_pinned, is_archived, created_at, updated_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

inline constexpr std::string_view update_conversation =
    "UPDATE conversations SET sealed_title = $4, sealed_prompt = $5, revision = $6, level = $7, model = $8,"
    " parameters = $9, is_pinned = $10, is_archived = $11, updated_at = $12"
    " WHERE tenant_id = $1 AND owner_id = $2 AND id = $3 AND revision = $13 AND level <= $7";

inline constexpr std::string_view touch_conversation =
    "UPDATE conversations SET updated_at = $4 WHERE tenant_id = $1 AND owner_id = $2 AND id = $3 AND updated_at < $4";

inline constexpr std::string_view delete_conversation =
    "DELETE FROM conversations WHERE tenant_id = $1 AND owner_id = $2 AND id = $3";

inline constexpr std::string_view delete_messages_of_conversation =
    "DELETE FROM messages WHERE tenant_id = $1 AND conversation_id = $2";

inline constexpr std::string_view delete_turns_of_conversation =
    "DELETE FROM turns WHERE tenant_id = $1 AND conversation_id = $2";

inline constexpr std::string_view delete_chunks_of_conversation =
    "DELETE FROM turn_chunks WHERE tenant_id = $1 AND conversation_id = $2";

} // namespace siyu::storage::sql
