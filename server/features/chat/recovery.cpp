#include "features/chat/recovery.hpp"

namespace siyu::chat {

namespace {

/// Readers may have seen events that the crash took before they were stored. The end's number lies beyond all of them, so that
/// nobody takes it for one that was seen.
constexpr std::int64_t unstored_events_max = 1'000'000;

inference::CallFacts facts_of(const Services& services, const storage::Turn& turn)
{
    inference::CallFacts facts{.purpose = inference::Purpose::turn, .model = turn.model, .object_type = "turn"};
    facts.asker.principal.tenant = services.tenant;
    facts.asker.principal.user = turn.owner;
    facts.object_id = turn.id.text;
    return facts;
}

Task<Result<void>> recover(const Services& services, storage::Turn turn)
{
    const Scope scope{services.tenant, turn.owner};
    auto answer = co_await services.repositories.messages->find(scope, turn.answer);
    if (!answer)
        co_return fail(answer.error());
    auto chunks = co_await services.repositories.turns->chunks(scope, turn.id, turn.attempt);
    if (!chunks)
        co_return fail(chunks.error());
    std::int64_t last_seq = 0;
    for (const auto& chunk : *chunks) {
        answer->content.text += chunk.content.text;
        answer->content.reasoning += chunk.content.reasoning;
        last_seq = chunk.last_seq;
    }
    answer->state = TurnState::interrupted;
    answer->meta["last_seq"] = last_seq + unstored_events_max;
    ++answer->revision;
    auto message = co_await services.repositories.messages->update(scope, *answer);
    if (!message)
        co_return fail(message.error());
    const auto now = services.clock.now();
    const inference::CallEnd end{.outcome = Outcome::failure, .reason = "interrupted"};
    storage::Commit commit{.events = {inference::ended_event(facts_of(services, turn), end, now)}};
    commit.changes.push_back(std::move(*message));
    commit.changes.push_back(
        services.repositories.turns->end(services.tenant, turn.id, turn.attempt, TurnState::interrupted, now));
    commit.changes.push_back(services.repositories.turns->drop_chunks(services.tenant, turn.id));
    co_return co_await services.journal.commit(std::move(commit));
}

} // namespace

Task<Result<void>> recover_turns(const Services& services)
{
    auto turns = co_await services.repositories.turns->list_running(services.tenant, services.node);
    if (!turns)
        co_return fail(turns.error());
    for (const auto& turn : *turns) {
        const auto recovered = co_await recover(services, turn);
        if (recovered)
            services.metrics.turns.interrupted.add();
        else
            services.log.error("turn.recover", "A turn that a crash left cannot be recovered",
                {{observe::Key::turn_id, turn.id.text}, {observe::Key::error_message, recovered.error().detail}});
    }
    co_return Result<void>();
}

} // namespace siyu::chat
