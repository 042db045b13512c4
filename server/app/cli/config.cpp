#include "app/cli/commands.hpp"
#include "app/cli/terminal.hpp"

#include <algorithm>

namespace siyu::cli {

int config_check(const CommonOptions& options)
{
    const auto loaded = load_settings(options);
    if (!loaded) {
        complain(loaded.error().detail);
        return 1;
    }
    say(in_terminal_language({"The configuration is fine.", "配置有效。"}));
    return 0;
}

int config_show(const CommonOptions& options)
{
    const auto loaded = load_settings(options);
    if (!loaded) {
        complain(loaded.error().detail);
        return 1;
    }
    std::size_t widest = 0;
    for (const auto& entry : loaded->described)
        widest = std::max(widest, entry.name.size());
    for (const auto& entry : loaded->described)
        say(fmt::format("{:<{}}  {}  # {}", entry.name, widest, entry.value.empty() ? "-" : entry.value, entry.origin));
    return 0;
}

} // namespace siyu::cli
