#include "models/inference/services.hpp"

namespace siyu::inference {

storage::Commit end_commit(const Services& services, const CallFacts& facts, const CallEnd& end, storage::Commit rows)
{
    const auto now = services.clock.now();
    const auto& principal = facts.asker.principal;
    rows.changes.push_back(services.usage.insert(principal.tenant,
        {.user = principal.user,
            .credential_id = principal.credential_id,
            .model = facts.model,
            .provider = facts.provider,
            .prompt_tokens = end.prompt_tokens,
            .completion_tokens = end.completion_tokens,
            .at = now}));
    rows.events.push_back(ended_event(facts, end, now));
    return rows;
}

CallEnd end_of(const Error& error, const llm::TokenUsage& usage)
{
    return {.outcome = Outcome::failure,
        .reason = error.reason.empty() ? std::string(to_string(error.code)) : error.reason,
        .prompt_tokens = usage.prompt_tokens,
        .completion_tokens = usage.completion_tokens};
}

void count_end(
    const Services& services, const CallFacts& facts, const CallEnd& end, std::chrono::steady_clock::time_point began)
{
    auto& metrics = services.metrics.model(facts.provider, facts.model);
    if (end.outcome == Outcome::success)
        metrics.calls_ok.add();
    else if (end.reason == to_string(Errc::cancelled))
        metrics.calls_cancelled.add();
    else
        metrics.calls_failed.add();
    metrics.prompt_tokens.add(static_cast<std::uint64_t>(std::max<std::int64_t>(end.prompt_tokens, 0)));
    metrics.completion_tokens.add(static_cast<std::uint64_t>(std::max<std::int64_t>(end.completion_tokens, 0)));
    metrics.duration.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
}

} // namespace siyu::inference
