#include "features/chat/turn_service.hpp"

#include "core/base/text.hpp"
#include "features/chat/audit.hpp"
#include "features/chat/limits.hpp"
#include "features/chat/text_count.hpp"

#include <algorithm>

namespace siyu::chat {

namespace {

Result<void> check(const TurnRequest& request)
{
    if (!is_utf8(request.prompt))
        return fail(Errc::invalid, "not UTF-8", "wrong_type", "prompt");
    if (is_blank(request.prompt))
        return fail(Errc::invalid, "empty", "empty_field", "prompt");
    if (request.prompt.size() > prompt_bytes_max)
        return fail(Errc::invalid, "too long", "too_long", "prompt");
    if (request.model.size() > model_bytes_max)
        return fail(Errc::invalid, "too long", "too_long", "model");
    return {};
}

std::string chosen(std::string wanted, const storage::Conversation& conversation)
{
    return wanted.empty() ? conversation.model.value_or(std::string()) : std::move(wanted);
}

/// Absent means "the stored row does not say".
std::int64_t last_seq_of(const storage::Message& message)
{
    const auto* value = message.meta.if_contains("last_seq");
    return value && value->is_int64() ? std::max<std::int64_t>(value->get_int64(), 1) : 1;
}

boost::json::object object_in(const storage::Message& message, std::string_view name)
{
    const auto* value = message.meta.if_contains(name);
    return value && value->is_object() ? value->get_object() : boost::json::object();
}

} // namespace

Task<Result<TurnStarted>> TurnService::start(Asker asker, TurnRequest request)
{
    if (auto ok = check(request); !ok)
        co_return fail(ok.error());
    auto conversation = co_await services_.repositories.conversations->find(asker.principal.scope(), request.conversation);
    if (!conversation)
        co_return fail(conversation.error());
    auto repeat = co_await find_repeat(asker, request);
    if (!repeat)
        co_return fail(repeat.error());
    if (*repeat)
        co_return std::move(**repeat);
    auto parent = co_await parent_of(asker, request);
    if (!parent)
        co_return fail(parent.error());
    const auto now = services_.clock.now();
    NewTurn turn{.asker = asker,
        .conversation = std::move(*conversation),
        .question = {.id = request.message_id.value_or(MessageId::make(now)),
            .conversation = request.conversation,
            .parent = std::move(*parent),
            .author = storage::Author::user,
            .content = {.text = request.prompt},
            .created_at = now},
        .is_new_question = true};
    turn.model = chosen(request.model, turn.conversation);
    auto started = co_await begin(std::move(turn));
    if (started || started.error().code != Errc::conflict || !request.message_id)
        co_return started;
    // Two requests with one id at the same time: the other was first.
    auto first = co_await find_repeat(asker, request);
    if (!first)
        co_return fail(first.error());
    if (*first)
        co_return std::move(**first);
    co_return fail(Errc::conflict, "the message id is another message's", "message_id_taken", "message_id");
}

/// The turn that this client has started already with this message's id, if any.
Task<Result<std::optional<TurnStarted>>> TurnService::find_repeat(Asker asker, TurnRequest request)
{
    if (!request.message_id)
        co_return std::optional<TurnStarted>();
    auto turn = co_await services_.repositories.turns->find_by_question(asker.principal.scope(), *request.message_id);
    if (!turn && turn.error().code == Errc::not_found)
        co_return std::optional<TurnStarted>();
    if (!turn)
        co_return fail(turn.error());
    if (turn->conversation != request.conversation)
        co_return fail(Errc::conflict, "the message id is another message's", "message_id_taken", "message_id");
    co_return std::optional(TurnStarted{turn->id, turn->question, turn->answer});
}

Task<Result<std::optional<MessageId>>> TurnService::parent_of(Asker asker, TurnRequest request)
{
    if (request.parent && !*request.parent)
        co_return std::optional<MessageId>();
    auto messages = co_await services_.repositories.messages->list(asker.principal.scope(), request.conversation);
    if (!messages)
        co_return fail(messages.error());
    if (request.parent) {
        if (std::ranges::find(*messages, **request.parent, &storage::Message::id) == messages->end())
            co_return fail(Errc::invalid, "the parent is no message of this conversation", "bad_parent", "parent_id");
        co_return *request.parent;
    }
    // Ids grow with time, so they settle what was made in one moment.
    const auto age = [](const storage::Message& message) { return std::pair(message.created_at, message.id); };
    const auto newest = std::ranges::max_element(*messages, {}, age);
    co_return newest == messages->end() ? std::nullopt : std::optional(newest->id);
}

Task<Result<TurnStarted>> TurnService::begin(NewTurn given)
{
    auto place = engine_.enter(given.conversation.id);
    if (!place)
        co_return fail(place.error());
    const auto scope = given.asker.principal.scope();
    const auto now = services_.clock.now();
    const auto turn_id = TurnId::make(now);
    auto call = services_.inference.admit(given.asker, inference::Purpose::turn, given.model, "turn", turn_id.text);
    if (!call)
        co_return fail(call.error());
    const auto level = given.conversation.level;
    storage::Message answer{.id = MessageId::make(now),
        .conversation = given.conversation.id,
        .parent = given.question.id,
        .author = storage::Author::assistant,
        .level = level,
        .state = TurnState::running,
        .turn = turn_id,
        .meta = {{"model", (*call)->facts().model}},
        .created_at = now};
    const storage::Turn turn{.id = turn_id,
        .conversation = given.conversation.id,
        .owner = given.asker.principal.user,
        .question = given.question.id,
        .answer = answer.id,
        .model = (*call)->facts().model,
        .node = services_.node,
        .started_at = now};
    storage::Commit rows;
    if (given.is_new_question) {
        given.question.turn = turn_id;
        given.question.level = level;
        auto question = co_await services_.repositories.messages->insert(scope, given.question);
        if (!question)
            co_return fail(question.error());
        rows.changes.push_back(std::move(*question));
    }
    auto inserted = co_await services_.repositories.messages->insert(scope, answer);
    if (!inserted)
        co_return fail(inserted.error());
    rows.changes.push_back(std::move(*inserted));
    rows.changes.push_back(services_.repositories.turns->insert(scope.tenant, turn));
    rows.changes.push_back(services_.repositories.conversations->touch(scope, given.conversation.id, now));
    if (auto recorded = co_await (*call)->record_start(std::move(rows)); !recorded)
        co_return fail(recorded.error());
    const TurnStarted started{turn.id, turn.question, turn.answer};
    engine_.run({.asker = std::move(given.asker),
                    .call = std::move(*call),
                    .conversation = std::move(given.conversation),
                    .turn = turn,
                    .answer = std::move(answer),
                    .question = given.question.content.text,
                    .is_first_question = !given.question.parent},
        std::move(*place));
    co_return started;
}

Task<Result<TurnStarted>> TurnService::regenerate(Asker asker, MessageId message, std::string model)
{
    if (model.size() > model_bytes_max)
        co_return fail(Errc::invalid, "too long", "too_long", "model");
    const auto scope = asker.principal.scope();
    auto question = co_await services_.repositories.messages->find(scope, message);
    if (question && question->author == storage::Author::assistant) {
        if (!question->parent)
            co_return fail(Errc::conflict, "an answer without a question", "no_question");
        question = co_await services_.repositories.messages->find(scope, MessageId(*question->parent));
    }
    if (!question)
        co_return fail(question.error());
    co_return co_await answer_again(std::move(asker), std::move(*question), std::move(model));
}

Task<Result<TurnStarted>> TurnService::answer_again(Asker asker, storage::Message question, std::string model)
{
    auto conversation = co_await services_.repositories.conversations->find(asker.principal.scope(), question.conversation);
    if (!conversation)
        co_return fail(conversation.error());
    auto wanted = chosen(std::move(model), *conversation);
    co_return co_await begin({.asker = std::move(asker),
        .conversation = std::move(*conversation),
        .question = std::move(question),
        .model = std::move(wanted)});
}

Task<Result<TurnStarted>> TurnService::resume(Asker asker, TurnId id)
{
    const auto scope = asker.principal.scope();
    auto turn = co_await services_.repositories.turns->find(scope, id);
    if (!turn)
        co_return fail(turn.error());
    if (turn->state == TurnState::running || turn->state == TurnState::done)
        co_return fail(Errc::conflict, "the turn runs or is done", "turn_not_continuable");
    auto answer = co_await services_.repositories.messages->find(scope, turn->answer);
    auto question = co_await services_.repositories.messages->find(scope, turn->question);
    auto conversation = co_await services_.repositories.conversations->find(scope, turn->conversation);
    if (!answer || !question || !conversation)
        co_return fail(!answer ? answer.error() : !question ? question.error() : conversation.error());
    auto place = engine_.enter(turn->conversation);
    if (!place)
        co_return fail(place.error());
    auto call = services_.inference.admit(asker, inference::Purpose::turn, turn->model, "turn", id.text);
    if (!call)
        co_return fail(call.error());
    const auto upstream = (*call)->upstream();
    const bool can_go_on = upstream && upstream->continuation == llm::Continuation::prefill;
    if (!answer->content.text.empty() && !can_go_on) {
        {
            const auto given_back = std::move(*place);
        }
        co_return co_await answer_again(std::move(asker), std::move(*question), turn->model);
    }
    if (answer->content.text.empty())
        answer->content.reasoning.clear(); // a thought without a word cannot be taken up: it is thought anew
    answer->state = TurnState::running;
    answer->meta = {{"model", turn->model}};
    ++answer->revision;
    ++turn->attempt;
    turn->state = TurnState::running;
    turn->node = services_.node;
    auto message = co_await services_.repositories.messages->update(scope, *answer);
    if (!message)
        co_return fail(message.error());
    storage::Commit rows;
    rows.changes.push_back(
        services_.repositories.turns->restart(scope.tenant, id, turn->attempt, services_.node, services_.clock.now()));
    rows.changes.push_back(std::move(*message));
    if (auto recorded = co_await (*call)->record_start(std::move(rows)); !recorded)
        co_return fail(recorded.error());
    const TurnStarted started{turn->id, turn->question, turn->answer};
    engine_.run({.asker = std::move(asker),
                    .call = std::move(*call),
                    .conversation = std::move(*conversation),
                    .turn = std::move(*turn),
                    .answer = std::move(*answer),
                    .question = question->content.text,
                    .is_first_question = !question->parent},
        std::move(*place));
    co_return started;
}

Task<Result<storage::Turn>> TurnService::stop(Asker asker, TurnId id)
{
    const auto scope = asker.principal.scope();
    auto turn = co_await services_.repositories.turns->find(scope, id);
    if (!turn)
        co_return fail(turn.error());
    engine_.stop(id);
    storage::Commit commit{.events = {event_of(asker, services_.clock.now(), "turn.stop", "turn", id.text)}};
    if (auto written = co_await services_.journal.commit(std::move(commit)); !written)
        co_return fail(written.error());
    co_return std::move(*turn);
}

Task<Result<storage::Turn>> TurnService::find(Asker asker, TurnId id)
{
    auto turn = co_await services_.repositories.turns->find(asker.principal.scope(), id);
    if (!turn)
        co_return fail(turn.error());
    auto recorded =
        co_await record(services_.journal, event_of(asker, services_.clock.now(), "conversation.read", "turn", id.text));
    if (!recorded)
        co_return fail(recorded.error());
    co_return std::move(*turn);
}

Task<Result<std::unique_ptr<events::Follower>>> TurnService::follow(
    Asker asker, TurnId id, std::string after, Executor executor)
{
    const auto scope = asker.principal.scope();
    auto turn = co_await services_.repositories.turns->find(scope, id);
    if (!turn)
        co_return fail(turn.error());
    auto recorded = co_await record(services_.journal, event_of(asker, services_.clock.now(), "turn.follow", "turn", id.text));
    if (!recorded)
        co_return fail(recorded.error());
    auto log = services_.logs.find(id);
    if (!log) {
        auto stored = co_await stored_log(scope, std::move(*turn));
        if (!stored)
            co_return fail(stored.error());
        log = std::move(*stored);
    }
    std::optional<events::Position> position;
    if (!after.empty()) {
        auto parsed = events::Position::parse(after);
        position = parsed ? *parsed : events::Position{id, 0, 0}; // one that no log knows: a reset
    }
    co_return std::make_unique<events::Follower>(std::move(log), std::move(position), executor);
}

Task<Result<std::shared_ptr<events::TurnLog>>> TurnService::stored_log(Scope scope, storage::Turn turn)
{
    auto message = co_await services_.repositories.messages->find(scope, turn.answer);
    if (!message)
        co_return fail(message.error());
    if (turn.state == TurnState::running)
        co_return fail(Errc::unavailable, "the turn runs, but not here", "turn_elsewhere");
    const auto* finish_reason = message->meta.if_contains("finish_reason");
    events::Event end{.kind = events::EventKind::end,
        .id = {turn.id, turn.attempt, last_seq_of(*message)},
        .state = turn.state,
        .finish_reason = finish_reason && finish_reason->is_string() ? std::string(finish_reason->get_string()) : "",
        .usage = object_in(*message, "usage"),
        .problem = object_in(*message, "problem")};
    co_return events::TurnLog::stored(std::move(end), std::move(message->content.text), std::move(message->content.reasoning));
}

} // namespace siyu::chat
