#include "app/api/answers.hpp"
#include "app/api/handlers.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace siyu::api {
namespace {

boost::json::value or_null(const std::string& text)
{
    return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

boost::json::value window_view(const llm::Upstream& upstream)
{
    return upstream.context_window ? boost::json::value(*upstream.context_window) : boost::json::value(nullptr);
}

} // namespace

Task<Result<http::Response>> list_models(Services& services, Context& context)
{
    const auto snapshot = services.inference.models(context.principal);
    boost::json::array items;
    for (const auto& upstream : snapshot->upstreams)
        for (const auto& model : upstream.models)
            items.push_back({{"id", model}, {"provider", upstream.name}, {"state", llm::to_string(upstream.state)},
                {"is_default", model == snapshot->default_model}, {"context_window", window_view(upstream)},
                {"detail", or_null(upstream.detail)}});
    co_return json_answer(200, {{"items", std::move(items)}});
}

Task<Result<http::Response>> list_engines(Services& services, Context&)
{
    const auto snapshot = services.registry.snapshot();
    const auto engines = services.supervisor.states();
    boost::json::array items;
    for (const auto& upstream : snapshot->upstreams) {
        const auto engine = std::ranges::find(engines, upstream.name, &llm::EngineState::name);
        const bool is_engine = engine != engines.end();
        boost::json::array models(upstream.models.begin(), upstream.models.end());
        boost::json::object view{{"name", upstream.name}, {"kind", llm::to_string(upstream.kind)},
            {"state", llm::to_string(upstream.state)}, {"models", std::move(models)}, {"context_window", window_view(upstream)},
            {"since", to_micros(upstream.since)},
            {"detail", or_null(is_engine && !engine->detail.empty() ? engine->detail : upstream.detail)}};
        if (upstream.endpoint)
            view["base_url"] = upstream.endpoint->origin + upstream.endpoint->prefix;
        if (is_engine)
            view["restarts"] = engine->restarts;
        items.push_back(std::move(view));
    }
    co_return json_answer(200, {{"items", std::move(items)}});
}

Task<Result<http::Response>> restart_engine(Services& services, Context& context)
{
    if (auto begun = services.supervisor.restart(context.path_values.at(0)); !begun)
        co_return fail(begun.error());
    http::Response response;
    response.status = 202;
    co_return response;
}

} // namespace siyu::api
