#include "models/inference/records.hpp"

namespace siyu::inference {

namespace {

std::string action(Purpose purpose, std::string_view step)
{
    switch (purpose) {
    case Purpose::turn: return "turn." + std::string(step);
    case Purpose::helper: return "call." + std::string(step);
    case Purpose::gateway: return "v1.call." + std::string(step);
    }
    return "call." + std::string(step);
}

AuditEvent event_of(const CallFacts& facts, Time at, std::string_view step)
{
    const auto& principal = facts.asker.principal;
    return {.tenant = principal.tenant,
        .at = at,
        .action = action(facts.purpose, step),
        .actor = principal.user.text,
        .credential = principal.credential_id,
        .object_type = facts.object_type,
        .object_id = facts.object_id,
        .source = facts.asker.source,
        .request_id = facts.asker.request_id,
        .labels = {{"model", facts.model}, {"provider", facts.provider}}};
}

} // namespace

AuditEvent started_event(const CallFacts& facts, Time at)
{
    return event_of(facts, at, "start");
}

AuditEvent ended_event(const CallFacts& facts, const CallEnd& end, Time at)
{
    auto event = event_of(facts, at, "end");
    event.outcome = end.outcome;
    event.reason = end.reason;
    event.counts = {{"prompt_tokens", end.prompt_tokens}, {"completion_tokens", end.completion_tokens}};
    return event;
}

} // namespace siyu::inference
