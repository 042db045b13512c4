#pragma once

#include <string_view>

namespace siyu::storage::sql {

inline constexpr std::string_view select_turn =
    "SELECT id, conversation_id, owner_id, question_id, answer_id, model, state, attempt, node, started_at, ended_at"
    " FROM turns WHERE tenant_id = $1 AND owner_id = $2 AND id = $3";

inline constexpr std::string_view select_first_turn_of_question =
    "SELECT id, conversation_id, owner_id, question_id, answer_id, model, state, attempt, node, started_at, ended_at"
    " FROM turns WHERE tenant_id = $1 AND owner_id = $2 AND question_id = $3 ORDER BY id LIMIT 1";

inline constexpr std::string_view select_running_turns =
    "SELECT id, conversation_id, owner_id, question_id, answer_id, model, state, attempt, node, started_at, ended_at"
    " FROM turns WHERE tenant_id = $1 AND node = $2 AND state = 'running' ORDER BY id";

inline constexpr std::string_view insert_turn =
    "INSERT INTO turns (tenant_id, id, conversation_id, owner_id, question_id, answer_id, model, state, attempt, node,"
    " started_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

inline constexpr std::string_view end_turn =
    "UPDATE turns SET state = $4, ended_at = $5 WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'running'";

inline constexpr std::string_view restart_turn =
    "UPDATE turns SET attempt = $3, state = 'running', node = $4, started_at = $5, ended_at = NULL"
    " WHERE tenant_id = $1 AND id = $2 AND attempt = $6 AND state <> 'running'";

inline constexpr std::string_view select_chunks =
    "SELECT c.attempt, c.first_seq, c.last_seq, c.sealed, c.level FROM turn_chunks c"
    " WHERE c.tenant_id = $1 AND c.turn_id = $2 AND c.attempt = $3 ORDER BY c.first_seq";

inline constexpr std::string_view insert_chunk =
    "INSERT INTO turn_chunks (tenant_id, turn_id, attempt, first_seq, last_seq, conversation_id, sealed, level)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

inline constexpr std::string_view delete_chunks_of_turn = "DELETE FROM turn_chunks WHERE tenant_id = $1 AND turn_id = $2";

inline constexpr std::string_view insert_usage =
    "INSERT INTO usage (tenant_id, id, user_id, credential_id, model, provider, prompt_tokens, completion_tokens, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

} // namespace siyu::storage::sql
