#include "app/api/answers.hpp"
#include "app/api/handlers.hpp"

#include <boost/json/array.hpp>

#include <map>

namespace siyu::api {
namespace {

boost::json::value or_null(const std::string& text)
{
    return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

boost::json::object entry_view(const audit::Entry& entry, const std::string& actor_name)
{
    const auto& event = entry.event;
    const auto object = event.object_id.empty() ? event.object_type : event.object_type + " " + event.object_id;
    return {{"chain", entry.chain}, {"seq", entry.seq}, {"at", to_micros(event.at)}, {"action", event.action},
        {"outcome", to_string(event.outcome)}, {"reason", or_null(event.reason)}, {"actor", event.actor},
        {"actor_name", or_null(actor_name)}, {"object", or_null(object)}, {"request_id", or_null(event.request_id)},
        {"hash", entry.hash}};
}

} // namespace

Task<Result<http::Response>> list_audit_events(Services& services, Context& context)
{
    const auto limit = context.query_integer("limit", 1, 200, 50);
    if (!limit)
        co_return fail(limit.error());
    audit::EntryFilter filter{context.query("action").value_or(""), context.query("actor").value_or("")};
    auto page =
        co_await services.audit_log.list(services.tenant, std::move(filter), context.query("cursor").value_or(""), *limit);
    if (!page)
        co_return fail(page.error());

    std::map<std::string, std::string> names; // one look-up for each actor of the page
    boost::json::array items;
    for (const auto& entry : page->items) {
        const auto& actor = entry.event.actor;
        if (!names.contains(actor)) {
            const auto id = UserId::parse(actor);
            auto user = id ? co_await services.identity.accounts.find(*id) : Result<storage::User>(fail(Errc::not_found));
            names[actor] = user ? user->name : "";
        }
        items.push_back(entry_view(entry, names[actor]));
    }
    boost::json::object body{{"items", std::move(items)}};
    if (!page->next_cursor.empty())
        body["next_cursor"] = page->next_cursor;
    co_return json_answer(200, body);
}

Task<Result<http::Response>> verify_audit(Services& services, Context&)
{
    auto verification = co_await services.verify_audit();
    if (!verification)
        co_return fail(verification.error());
    boost::json::array findings(verification->findings.begin(), verification->findings.end());
    co_return json_answer(
        200, {{"intact", verification->is_intact()}, {"events", verification->events}, {"findings", std::move(findings)}});
}

} // namespace siyu::api
