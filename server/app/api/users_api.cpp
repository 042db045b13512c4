#include "app/api/answers.hpp"
#include "app/api/handlers.hpp"
#include "app/api/json_body.hpp"
#include "app/api/views.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace siyu::api {
namespace {

Result<http::Response> user_answer(const Services& services, int status, const Result<storage::User>& user)
{
    if (!user)
        return fail(user.error());
    return json_answer(status, user_view(*user, services.clock.now()));
}

Result<std::vector<Role>> read_roles(JsonBody& body)
{
    std::vector<Role> roles;
    for (const auto& text : body.texts("roles", all_roles.size())) {
        const auto role = parse_role(text);
        if (!role)
            return fail(Errc::invalid, {}, "unknown_role", "roles");
        roles.push_back(*role);
    }
    if (auto read = body.finish(); !read)
        return fail(read.error());
    if (roles.empty())
        return fail(Errc::invalid, {}, "empty_field", "roles");
    return roles;
}

} // namespace

Task<Result<http::Response>> list_users(Services& services, Context& context)
{
    const auto limit = context.query_integer("limit", 1, 100, 50);
    if (!limit)
        co_return fail(limit.error());
    auto page = co_await services.identity.accounts.list(context.query("cursor").value_or(""), *limit);
    if (!page)
        co_return fail(page.error());
    boost::json::array items;
    for (const auto& user : page->items)
        items.push_back(user_view(user, services.clock.now()));
    boost::json::object body{{"items", std::move(items)}};
    if (!page->next_cursor.empty())
        body["next_cursor"] = page->next_cursor;
    co_return json_answer(200, body);
}

Task<Result<http::Response>> create_user(Services& services, Context& context)
{
    JsonBody body(context.request.body);
    identity::NewUser user;
    user.name = body.text("name", 1, 64);
    user.display_name = body.optional_text("display_name", 1, 64).value_or("");
    user.password = body.text("password", 1, 1024);
    if (auto read = body.finish(); !read)
        co_return fail(read.error());
    co_return user_answer(services, 201, co_await services.identity.accounts.create(context.act(), std::move(user)));
}

Task<Result<http::Response>> update_user(Services& services, Context& context)
{
    auto id = context.path_id<UserId>();
    if (!id)
        co_return fail(id.error());
    JsonBody body(context.request.body);
    const auto display_name = body.optional_text("display_name", 1, 64);
    const auto disabled = body.optional_bool("disabled");
    if (auto read = body.finish(); !read)
        co_return fail(read.error());
    auto& accounts = services.identity.accounts;
    auto user = co_await accounts.find(*id);
    if (user && disabled)
        user = co_await accounts.set_disabled(context.act(), *id, *disabled);
    if (user && display_name)
        user = co_await accounts.change_profile(context.act(), *id, {.display_name = display_name, .locale = std::nullopt});
    co_return user_answer(services, 200, user);
}

Task<Result<http::Response>> assign_roles(Services& services, Context& context)
{
    auto id = context.path_id<UserId>();
    if (!id)
        co_return fail(id.error());
    JsonBody body(context.request.body);
    auto roles = read_roles(body);
    if (!roles)
        co_return fail(roles.error());
    auto changed = co_await services.identity.accounts.assign_roles(context.act(), *id, std::move(*roles));
    // A stream was allowed when it was opened; all streams are a member's.
    if (changed && std::ranges::find(changed->roles, Role::member) == changed->roles.end())
        services.streams.close_all_of(*id);
    co_return user_answer(services, 200, changed);
}

Task<Result<http::Response>> reset_password(Services& services, Context& context)
{
    auto id = context.path_id<UserId>();
    if (!id)
        co_return fail(id.error());
    JsonBody body(context.request.body);
    auto fresh = body.text("new_password", 1, 1024);
    if (auto read = body.finish(); !read)
        co_return fail(read.error());
    auto reset = co_await services.identity.accounts.reset_password(context.act(), *id, std::move(fresh));
    if (!reset)
        co_return fail(reset.error());
    co_return no_content();
}

Task<Result<http::Response>> unlock_user(Services& services, Context& context)
{
    auto id = context.path_id<UserId>();
    if (!id)
        co_return fail(id.error());
    auto unlocked = co_await services.identity.accounts.unlock(context.act(), *id);
    if (!unlocked)
        co_return fail(unlocked.error());
    co_return no_content();
}

} // namespace siyu::api
