#include "app/api/answers.hpp"
#include "app/api/handlers.hpp"
#include "app/api/json_body.hpp"
#include "app/api/views.hpp"

#include <boost/json/array.hpp>

namespace siyu::api {

Task<Result<http::Response>> list_api_keys(Services& services, Context& context)
{
    auto keys = co_await services.identity.api_keys.list(context.act());
    if (!keys)
        co_return fail(keys.error());
    boost::json::array items;
    for (const auto& key : *keys)
        items.push_back(api_key_view(key));
    co_return json_answer(200, {{"items", std::move(items)}});
}

Task<Result<http::Response>> create_api_key(Services& services, Context& context)
{
    using identity::ApiKeyBook;
    JsonBody body(context.request.body);
    auto name = body.text("name", 1, 64);
    const auto days = body.optional_integer("expires_in_days", 1, ApiKeyBook::days_max).value_or(ApiKeyBook::days_default);
    if (auto read = body.finish(); !read)
        co_return fail(read.error());
    auto made = co_await services.identity.api_keys.create(context.act(), context.principal.user, std::move(name), days);
    if (!made)
        co_return fail(made.error());
    co_return json_answer(201, {{"key", made->key}, {"entry", api_key_view(made->entry)}});
}

Task<Result<http::Response>> revoke_api_key(Services& services, Context& context)
{
    auto id = context.path_id<ApiKeyId>();
    if (!id)
        co_return fail(id.error());
    auto revoked = co_await services.identity.api_keys.revoke(context.act(), std::move(*id));
    if (!revoked)
        co_return fail(revoked.error());
    co_return no_content();
}

} // namespace siyu::api
