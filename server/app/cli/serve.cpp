#include "app/cli/commands.hpp"
#include "app/cli/data_directory.hpp"
#include "app/cli/process_limits.hpp"
#include "app/cli/terminal.hpp"

namespace siyu::cli {

int serve(const CommonOptions& options, const std::string& listen, Serve start)
{
    auto loaded = load_settings(options, listen);
    if (!loaded) {
        complain(loaded.error().detail);
        return 1;
    }
    set_process_limits();
    const auto directory = DataDirectory::open(loaded->settings.data);
    if (!directory) {
        complain(directory.error().detail);
        return 1;
    }
    if (config::is_plain_beyond_loopback(loaded->settings))
        complain(in_terminal_language({"warning: beyond this machine the traffic is NOT encrypted (allow_plain_http).",
            "警告：本机之外的流量没有加密（allow_plain_http）。"}));
    return start(std::move(loaded->settings));
}

} // namespace siyu::cli
