#pragma once

#include "core/base/clock.hpp"
#include "core/domain/ids.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace siyu {

enum class Outcome { success, failure, denied };

std::string_view to_string(Outcome outcome);

/// One line of the audit log before the journal has given it its place. Ids, counts and keyed hashes only: no content, no name,
/// no address in clear. `action` is a dotted name from trust/audit's catalogue ("session.create", "turn.start", "v1.call.end").
struct AuditEvent {
    TenantId tenant;
    Time at;
    std::string action;
    Outcome outcome = Outcome::success;
    std::string reason; ///< a stable code, empty on success
    std::string actor; ///< a user's id, or "system"
    std::string credential; ///< the session's or key's id, may be empty
    std::string object_type; ///< "conversation", "turn", …; may be empty
    std::string object_id;
    std::string source; ///< keyed hash of the client's address, may be empty
    std::string request_id;
    std::map<std::string, std::int64_t> counts; ///< tokens, bytes, …
    std::map<std::string, std::string> labels; ///< model, provider, role, level: names that identify nobody
};

} // namespace siyu
