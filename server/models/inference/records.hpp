#pragma once

#include "core/domain/principal.hpp"
#include "state/storage/journal.hpp"

#include <string>
#include <vector>

namespace siyu::inference {

/// On whose behalf a model is called, as the pipeline established it.
struct Asker {
    Principal principal;
    std::string request_id;
    std::string source; ///< keyed hash of the client's address
};

/// What a call is for: it names the audit actions.
enum class Purpose {
    turn, ///< "turn.start", "turn.end"
    helper, ///< a title, say: "call.start", "call.end"
    gateway, ///< "v1.call.start", "v1.call.end"
};

/// How a governed call ended.
struct CallEnd {
    Outcome outcome = Outcome::success;
    std::string reason; ///< a stable code, empty on success
    std::int64_t prompt_tokens = 0;
    std::int64_t completion_tokens = 0;
};

/// What the two records of a call have in common.
struct CallFacts {
    Asker asker;
    Purpose purpose = Purpose::gateway;
    std::string model;
    std::string provider;
    std::string object_type;
    std::string object_id;
};

AuditEvent started_event(const CallFacts& facts, Time at);
AuditEvent ended_event(const CallFacts& facts, const CallEnd& end, Time at);

} // namespace siyu::inference
