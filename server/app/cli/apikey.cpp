#include "app/cli/commands.hpp"
#include "app/cli/execute.hpp"
#include "app/cli/terminal.hpp"

namespace siyu::cli {

int apikey_create(const CommonOptions& options, const std::string& user, const std::string& name, std::int64_t days)
{
    const auto loaded = load_settings(options);
    if (!loaded) {
        complain(loaded.error().detail);
        return 1;
    }
    const auto answer =
        execute(loaded->settings, {{"command", "apikey.create"}, {"user", user}, {"name", name}, {"days", days}});
    if (!answer) {
        const bool is_unknown = answer.error().code == Errc::not_found;
        complain(is_unknown ? filled({"there is no user {}.", "没有用户 {}。"}, user) : sentence_of(answer.error()));
        return 1;
    }
    say(std::string_view(answer->at("key").as_string()));
    return 0;
}

} // namespace siyu::cli
