#pragma once

#include "state/storage/audit_files.hpp"
#include "trust/audit/findings.hpp"

#include <map>
#include <optional>
#include <set>

namespace siyu::audit {

/// What is known about a chain beside its records: the head, and the checkpoints of file and table that are authentic.
struct ChainEvidence {
    std::map<std::int64_t, storage::SignedCheckpoint> filed; ///< by number
    std::map<std::int64_t, storage::SignedCheckpoint> tabled;
    std::optional<storage::AuditHead> head;

    /// How far the chain had come, by everything that is authentic.
    std::int64_t end() const;
};

/// Reads what stands outside the database, then the checkpoint table, and holds the two against each other. In this order: a
/// server that goes on meanwhile writes the table first, so the table is never behind the file.
Result<std::map<std::string, ChainEvidence>> gather_evidence(
    db::Connection& connection, const std::filesystem::path& data_directory, const crypto::KeyRing& keys, Findings& findings);

} // namespace siyu::audit
