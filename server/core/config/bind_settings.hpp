#pragma once

#include "core/config/binder.hpp"

namespace siyu::config {

/// Every setting by its name, form and bounds; then what several of them must agree on.
void bind_settings(Section& root, Settings& settings);

} // namespace siyu::config
