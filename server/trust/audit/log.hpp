#pragma once

#include "core/async/task.hpp"
#include "core/domain/audit_event.hpp"
#include "io/db/database.hpp"

#include <string>
#include <vector>

namespace siyu::audit {

/// One record as it is stored, for the auditor's view.
struct Entry {
    std::string chain;
    std::int64_t seq = 0;
    AuditEvent event;
    std::string hash; ///< hexadecimal
};

struct EntryPage {
    std::vector<Entry> items;
    std::string next_cursor; ///< empty at the end
};

struct EntryFilter {
    std::string action; ///< empty: all
    std::string actor; ///< empty: all
};

/// The reading side of the audit log. Thread-safe.
class Log {
public:
    explicit Log(db::Database& database) : database_(database) { }

    /// Newest first. Errc::invalid for a cursor that this did not make. A record that cannot be read shows as
    /// "audit.unreadable".
    Task<Result<EntryPage>> list(TenantId tenant, EntryFilter filter, std::string cursor, std::int64_t limit);

private:
    db::Database& database_;
};

} // namespace siyu::audit
