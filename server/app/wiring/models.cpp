#include "app/wiring/models.hpp"

namespace siyu::wiring {

std::vector<std::string> provider_origins(const config::Settings& settings)
{
    std::vector<std::string> origins;
    for (const auto& provider : settings.providers)
        if (auto endpoint = llm::parse_endpoint(provider.base_url, {}))
            origins.push_back(endpoint->origin);
    return origins;
}

Result<std::vector<llm::UpstreamSettings>> upstreams(const config::Settings& settings)
{
    std::vector<llm::UpstreamSettings> all;
    for (const auto& engine : settings.engines) {
        llm::UpstreamSettings upstream;
        upstream.name = engine.name;
        upstream.kind = llm::UpstreamKind::engine;
        upstream.models = engine.models;
        upstream.health_target = engine.health;
        all.push_back(std::move(upstream));
    }
    for (const auto& provider : settings.providers) {
        llm::UpstreamSettings upstream;
        upstream.name = provider.name;
        auto endpoint = llm::parse_endpoint(provider.base_url, provider.api_key.reveal());
        if (!endpoint)
            return fail(endpoint.error());
        upstream.endpoint = std::move(*endpoint);
        upstream.models = provider.models;
        if (provider.context_window > 0)
            upstream.context_window = provider.context_window;
        upstream.timeouts = {.connect = provider.timeouts.connect,
            .first_byte = provider.timeouts.first_token,
            .between_bytes = provider.timeouts.between_tokens,
            .total = provider.timeouts.total};
        all.push_back(std::move(upstream));
    }
    return all;
}

std::vector<llm::EngineSettings> engines(const config::Settings& settings)
{
    std::vector<llm::EngineSettings> all;
    all.reserve(settings.engines.size());
    for (const auto& engine : settings.engines)
        all.push_back({.name = engine.name, .command = engine.command, .environment = engine.env});
    return all;
}

} // namespace siyu::wiring
