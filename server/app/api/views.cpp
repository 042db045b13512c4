#include "app/api/views.hpp"

#include "app/api/problem.hpp"

#include <boost/json/array.hpp>

namespace siyu::api {
namespace {

boost::json::value or_null(const std::optional<std::string>& text)
{
    return text ? boost::json::value(*text) : boost::json::value(nullptr);
}

std::string_view state_of(const storage::User& user, Time now)
{
    if (user.state == storage::UserState::disabled)
        return "disabled";
    return user.locked_until && *user.locked_until > now ? "locked" : "active";
}

} // namespace

boost::json::value time_view(const std::optional<Time>& time)
{
    return time ? boost::json::value(to_micros(*time)) : boost::json::value(nullptr);
}

boost::json::object user_view(const storage::User& user, Time now)
{
    boost::json::array roles;
    for (const auto role : user.roles)
        roles.emplace_back(to_string(role));
    return {{"id", user.id.text}, {"name", user.name}, {"display_name", user.display_name}, {"roles", std::move(roles)},
        {"state", state_of(user, now)},
        {"locale", user.locale.empty() ? boost::json::value(nullptr) : boost::json::value(user.locale)},
        {"created_at", to_micros(user.created_at)}, {"last_sign_in_at", time_view(user.last_sign_in_at)}};
}

boost::json::object api_key_view(const storage::ApiKey& key)
{
    return {{"id", key.id.text}, {"name", key.name}, {"prefix", key.prefix}, {"created_at", to_micros(key.created_at)},
        {"expires_at", to_micros(key.expires_at)}, {"last_used_at", time_view(key.last_used_at)},
        {"revoked_at", time_view(key.revoked_at)}};
}

boost::json::object conversation_view(const storage::Conversation& conversation)
{
    return {{"id", conversation.id.text}, {"title", or_null(conversation.title)}, {"pinned", conversation.is_pinned},
        {"archived", conversation.is_archived}, {"model", or_null(conversation.model)},
        {"system_prompt", or_null(conversation.system_prompt)}, {"parameters", conversation.parameters},
        {"created_at", to_micros(conversation.created_at)}, {"updated_at", to_micros(conversation.updated_at)}};
}

boost::json::object message_view(const storage::Message& message, Locale locale)
{
    boost::json::object view{{"id", message.id.text},
        {"parent_id", message.parent ? boost::json::value(message.parent->text) : boost::json::value(nullptr)},
        {"role", message.author == storage::Author::user ? "user" : "assistant"}, {"text", message.content.text},
        {"state", to_string(message.state)}, {"created_at", to_micros(message.created_at)}};
    if (!message.content.reasoning.empty())
        view["reasoning"] = message.content.reasoning;
    if (message.turn)
        view["turn_id"] = message.turn->text;
    for (const auto* member : {"model", "finish_reason", "usage", "timings"})
        if (const auto* value = message.meta.if_contains(member))
            view[member] = *value;
    if (const auto* problem = message.meta.if_contains("problem"); problem != nullptr && problem->is_object())
        view["problem"] = stored_problem_view(problem->as_object(), locale);
    return view;
}

boost::json::object turn_view(const storage::Turn& turn)
{
    return {{"id", turn.id.text}, {"conversation_id", turn.conversation.text}, {"message_id", turn.question.text},
        {"answer_id", turn.answer.text}, {"state", to_string(turn.state)}, {"attempt", turn.attempt}};
}

boost::json::object search_hit_view(const storage::SearchHit& hit)
{
    boost::json::object view{{"conversation_id", hit.conversation.text}, {"title", or_null(hit.title)},
        {"snippet", hit.snippet}, {"created_at", to_micros(hit.created_at)}};
    if (hit.message)
        view["message_id"] = hit.message->text;
    return view;
}

boost::json::object stored_problem_view(boost::json::object problem, Locale locale)
{
    const auto* code = problem.if_contains("code");
    const std::string name = code != nullptr && code->is_string() ? std::string(code->as_string()) : "internal";
    const auto title = problem_title(name, locale);
    problem["type"] = "urn:siyu:problem:" + name;
    problem["title"] = title.empty() ? problem_title("internal", locale) : title;
    if (!problem.contains("status"))
        problem["status"] = 502;
    return problem;
}

events::Event localised(events::Event event, Locale locale)
{
    if (event.kind == events::EventKind::end && !event.problem.empty())
        event.problem = stored_problem_view(std::move(event.problem), locale);
    return event;
}

} // namespace siyu::api
