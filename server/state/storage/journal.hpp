#pragma once

#include "core/async/task.hpp"
#include "core/domain/audit_event.hpp"
#include "io/db/database.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace siyu::storage {

/// One changed statement. `must_change`: how many rows it has to touch, else the whole Commit is undone with Errc::conflict.
struct Change {
    std::string_view sql;
    db::Values values;
    std::optional<std::int64_t> must_change = std::nullopt;
};

/// Row changes and the audit events that belong to them: all on disk, or nothing.
struct Commit {
    std::vector<Change> changes;
    std::vector<AuditEvent> events;
};

/// The one durable writer of the process. Thread-safe.
class Journal {
public:
    virtual ~Journal() = default;
    /// Returns when the Commit is on disk. Errc::conflict (a constraint or `must_change`), unavailable (cannot be written now,
    /// or the queue is full), in which case nothing of it is stored.
    virtual Task<Result<void>> commit(Commit commit) = 0;
    /// For what need not wait (audit class `recorded`): written within a second. False when the queue is full; the caller
    /// then awaits `commit` instead.
    virtual bool submit(Commit commit) = 0;
};

} // namespace siyu::storage
