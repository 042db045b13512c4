#pragma once

#include "core/config/settings.hpp"

namespace siyu::wiring {

/// Builds the server from its settings, runs it until SIGTERM or SIGINT, and ends it without losing anything. Returns the exit
/// status; what went wrong stands on standard error.
int serve(config::Settings settings);

} // namespace siyu::wiring
