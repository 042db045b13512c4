#pragma once

#include "core/config/load.hpp"

#include <optional>
#include <string>

namespace siyu::cli {

/// What every command takes.
struct CommonOptions {
    std::string data; ///< --data; empty: as configured
    std::string config; ///< --config; empty: ./siyu.yaml, if there
};

/// The settings for a command: defaults, file, .env, environment, then these options. The error's detail is for the terminal.
Result<config::Loaded> load_settings(const CommonOptions& options, const std::string& listen = {});

} // namespace siyu::cli
