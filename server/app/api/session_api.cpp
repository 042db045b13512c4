#include "app/api/answers.hpp"
#include "app/api/handlers.hpp"
#include "app/api/json_body.hpp"
#include "app/api/views.hpp"
#include "trust/policy/permission.hpp"

#include <boost/json/array.hpp>

namespace siyu::api {
namespace {

constexpr std::size_t name_max = 64;
constexpr std::size_t password_max = 1024;

boost::json::object session_view(const storage::User& user, std::string_view csrf_token, Time now)
{
    boost::json::array permissions;
    for (const auto permission : policy::permissions_of(user.roles))
        permissions.emplace_back(policy::to_string(permission));
    return {{"user", user_view(user, now)}, {"csrf_token", csrf_token}, {"permissions", std::move(permissions)}};
}

http::Response signed_in(Services& services, int status, const identity::SignedIn& who)
{
    const auto now = services.clock.now();
    auto response = json_answer(status, session_view(who.user, who.session.csrf_token, now));
    const auto life = std::chrono::ceil<std::chrono::seconds>(who.session.expires_at - now);
    response.headers.add("Set-Cookie", services.identity.cookie.make(who.token, life));
    return response;
}

} // namespace

Task<Result<http::Response>> read_status(Services& services, Context&)
{
    co_return json_answer(200,
        {{"product", "Siyu"}, {"version", SIYU_VERSION}, {"setup_needed", services.identity.first_administrator.is_needed()},
            {"plain_http", services.settings.is_plain_beyond_loopback}});
}

Task<Result<http::Response>> create_first_administrator(Services& services, Context& context)
{
    JsonBody body(context.request.body);
    auto token = body.text("token", 1, 128);
    auto name = body.text("name", 1, name_max);
    auto password = body.text("password", 1, password_max);
    if (auto read = body.finish(); !read)
        co_return fail(read.error());
    auto created = co_await services.identity.first_administrator.create(
        std::move(token), std::move(name), std::move(password), context.client());
    if (!created)
        co_return fail(created.error());
    co_return signed_in(services, 201, *created);
}

Task<Result<http::Response>> sign_in(Services& services, Context& context)
{
    JsonBody body(context.request.body);
    auto name = body.text("name", 0, name_max);
    auto password = body.text("password", 0, password_max);
    if (auto read = body.finish(); !read)
        co_return fail(read.error());
    auto known = co_await services.identity.sign_in.sign_in(std::move(name), std::move(password), context.client());
    if (!known) {
        services.metrics.sign_in_failures.add();
        co_return fail(known.error());
    }
    co_return signed_in(services, 200, *known);
}

Task<Result<http::Response>> current_session(Services& services, Context& context)
{
    auto user = co_await services.identity.accounts.find(context.principal.user);
    if (!user)
        co_return fail(user.error());
    const auto csrf = context.session ? std::string_view(context.session->csrf_token) : std::string_view();
    co_return json_answer(200, session_view(*user, csrf, services.clock.now()));
}

Task<Result<http::Response>> sign_out(Services& services, Context& context)
{
    auto ended = co_await services.identity.sign_in.sign_out(context.act());
    if (!ended)
        co_return fail(ended.error());
    auto response = no_content();
    response.headers.add("Set-Cookie", services.identity.cookie.clear());
    co_return response;
}

Task<Result<http::Response>> list_sessions(Services& services, Context& context)
{
    boost::json::array items;
    for (const auto& session : services.identity.sessions.list(context.principal.user))
        items.push_back({{"id", session.id.text}, {"created_at", to_micros(session.created_at)},
            {"last_seen_at", to_micros(session.last_seen_at)}, {"expires_at", to_micros(session.expires_at)},
            {"current", session.id.text == context.principal.credential_id}, {"client", session.client}});
    co_return json_answer(200, {{"items", std::move(items)}});
}

Task<Result<http::Response>> revoke_session(Services& services, Context& context)
{
    auto id = context.path_id<SessionId>();
    if (!id)
        co_return fail(id.error());
    auto revoked = co_await services.identity.sessions.revoke(context.act(), std::move(*id), "session.delete");
    if (!revoked)
        co_return fail(revoked.error());
    co_return no_content();
}

} // namespace siyu::api
