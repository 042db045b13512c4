#pragma once

#include "models/inference/records.hpp"

#include <string>

namespace siyu::chat {

/// The event of something that `asker` did. No content enters: ids and counts only.
inline AuditEvent event_of(
    const inference::Asker& asker, Time at, std::string action, std::string object_type = {}, std::string object_id = {})
{
    return {.tenant = asker.principal.tenant,
        .at = at,
        .action = std::move(action),
        .actor = asker.principal.user.text,
        .credential = asker.principal.credential_id,
        .object_type = std::move(object_type),
        .object_id = std::move(object_id),
        .source = asker.source,
        .request_id = asker.request_id};
}

/// Writes an event that goes with no row: within a second where that may be, else at once.
inline Task<Result<void>> record(storage::Journal& journal, AuditEvent event)
{
    storage::Commit commit{.events = {std::move(event)}};
    if (journal.submit(commit))
        co_return Result<void>();
    co_return co_await journal.commit(std::move(commit));
}

} // namespace siyu::chat
