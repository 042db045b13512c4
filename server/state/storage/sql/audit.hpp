#pragma once

#include <string_view>

namespace siyu::storage::sql {

inline constexpr std::string_view insert_record =
    "INSERT INTO audit_log (chain, seq, tenant_id, at, action, actor, outcome, format, body, prev_hash, hash, mac)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

inline constexpr std::string_view select_last_record =
    "SELECT seq, hash FROM audit_log WHERE chain = $1 ORDER BY seq DESC LIMIT 1";

inline constexpr std::string_view select_record_hash = "SELECT hash FROM audit_log WHERE chain = $1 AND seq = $2";

inline constexpr std::string_view select_chains =
    "SELECT chain FROM audit_log UNION SELECT chain FROM audit_checkpoints ORDER BY chain";

inline constexpr std::string_view count_records = "SELECT count(*) FROM audit_log WHERE chain = $1 AND seq <= $2";

inline constexpr std::string_view select_records =
    "SELECT seq, tenant_id, at, action, actor, outcome, format, body, prev_hash, hash, mac FROM audit_log"
    " WHERE chain = $1 AND seq > $2 ORDER BY seq LIMIT $3";

/// For the auditor's view: before ($2, $3, $4), newest first.
inline constexpr std::string_view select_records_of_tenant =
    "SELECT chain, seq, body, hash, at FROM audit_log WHERE tenant_id = $1 AND (at, chain, seq) < ($2, $3, $4)"
    " ORDER BY at DESC, chain DESC, seq DESC LIMIT $5";

inline constexpr std::string_view select_records_of_action =
    "SELECT chain, seq, body, hash, at FROM audit_log WHERE tenant_id = $1 AND action = $6"
    " AND (at, chain, seq) < ($2, $3, $4) ORDER BY at DESC, chain DESC, seq DESC LIMIT $5";

inline constexpr std::string_view select_records_of_actor =
    "SELECT chain, seq, body, hash, at FROM audit_log WHERE tenant_id = $1 AND actor = $6"
    " AND (at, chain, seq) < ($2, $3, $4) ORDER BY at DESC, chain DESC, seq DESC LIMIT $5";

inline constexpr std::string_view select_records_of_action_and_actor =
    "SELECT chain, seq, body, hash, at FROM audit_log WHERE tenant_id = $1 AND action = $6 AND actor = $7"
    " AND (at, chain, seq) < ($2, $3, $4) ORDER BY at DESC, chain DESC, seq DESC LIMIT $5";

inline constexpr std::string_view insert_checkpoint =
    "INSERT INTO audit_checkpoints (chain, number, seq, body, signature) VALUES ($1, $2, $3, $4, $5)";

inline constexpr std::string_view select_checkpoints =
    "SELECT number, seq, body, signature FROM audit_checkpoints WHERE chain = $1 AND number > $2 ORDER BY number";

} // namespace siyu::storage::sql
