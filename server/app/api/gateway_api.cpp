#include "app/api/answers.hpp"
#include "app/api/handlers.hpp"

#include <boost/json/array.hpp>

namespace siyu::api {

Task<Result<http::Response>> gateway_chat_completions(Services& services, Context& context)
{
    co_return co_await services.inference.relay(
        {.asker = context.asker(), .body = std::move(context.request.body), .left = context.request.left});
}

/// OpenAI API reference, "List models".
Task<Result<http::Response>> gateway_models(Services& services, Context& context)
{
    const auto snapshot = services.inference.models(context.principal);
    boost::json::array data;
    for (const auto& upstream : snapshot->upstreams)
        for (const auto& model : upstream.models)
            data.push_back({{"id", model}, {"object", "model"}, {"created", to_micros(upstream.since) / 1'000'000},
                {"owned_by", upstream.name}});
    co_return json_answer(200, {{"object", "list"}, {"data", std::move(data)}});
}

} // namespace siyu::api
