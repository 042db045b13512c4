#pragma once

#include "core/config/settings.hpp"
#include "models/llm/registry.hpp"
#include "models/llm/supervisor.hpp"
#include "trust/privacy/egress_gate.hpp"

#include <vector>

namespace siyu::wiring {

// What the settings say of models, as the modules take it.

std::vector<std::string> provider_origins(const config::Settings& settings);

/// Engines and providers alike: to the registry both are upstreams. Errc::invalid for a provider's address that is none.
Result<std::vector<llm::UpstreamSettings>> upstreams(const config::Settings& settings);

std::vector<llm::EngineSettings> engines(const config::Settings& settings);

} // namespace siyu::wiring
