#include "app/cli/options.hpp"

#include "app/cli/terminal.hpp"

namespace siyu::cli {

Result<config::Loaded> load_settings(const CommonOptions& options, const std::string& listen)
{
    config::Sources sources;
    sources.environment = config::process_environment();
    sources.language = terminal_language();
    if (!options.config.empty())
        sources.file = options.config;
    if (!options.data.empty())
        sources.flags["data"] = options.data;
    if (!listen.empty())
        sources.flags["listen"] = listen;
    return config::load(sources);
}

} // namespace siyu::cli
