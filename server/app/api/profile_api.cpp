#include "app/api/answers.hpp"
#include "app/api/handlers.hpp"
#include "app/api/json_body.hpp"
#include "app/api/views.hpp"

namespace siyu::api {

Task<Result<http::Response>> update_profile(Services& services, Context& context)
{
    JsonBody body(context.request.body);
    identity::ProfileChange change{
        .display_name = body.optional_text("display_name", 1, 64), .locale = body.optional_text("locale", 1, 16)};
    if (auto read = body.finish(); !read)
        co_return fail(read.error());
    auto user = co_await services.identity.accounts.change_profile(context.act(), context.principal.user, std::move(change));
    if (!user)
        co_return fail(user.error());
    co_return json_answer(200, user_view(*user, services.clock.now()));
}

Task<Result<http::Response>> change_password(Services& services, Context& context)
{
    JsonBody body(context.request.body);
    auto current = body.text("current_password", 0, 1024);
    auto fresh = body.text("new_password", 1, 1024);
    if (auto read = body.finish(); !read)
        co_return fail(read.error());
    auto changed = co_await services.identity.accounts.change_password(context.act(), std::move(current), std::move(fresh));
    if (!changed)
        co_return fail(changed.error());
    co_return no_content();
}

} // namespace siyu::api
