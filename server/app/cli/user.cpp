#include "app/cli/commands.hpp"
#include "app/cli/execute.hpp"
#include "app/cli/terminal.hpp"

namespace siyu::cli {
namespace {

/// Loads the settings, has the request carried out, and says how it went.
int carry_out(const CommonOptions& options, boost::json::object request, config::Phrase done)
{
    const auto name = std::string(request.at("name").as_string());
    const auto loaded = load_settings(options);
    if (!loaded) {
        complain(loaded.error().detail);
        return 1;
    }
    const auto answer = execute(loaded->settings, std::move(request));
    if (!answer) {
        const bool is_unknown = answer.error().code == Errc::not_found;
        complain(is_unknown ? filled({"there is no user {}.", "没有用户 {}。"}, name) : sentence_of(answer.error()));
        return 1;
    }
    say(filled(done, name));
    return 0;
}

} // namespace

int user_create(const CommonOptions& options, const std::string& name, const std::string& role)
{
    auto password = read_password();
    if (!password) {
        complain(password.error().detail);
        return 1;
    }
    return carry_out(options, {{"command", "user.create"}, {"name", name}, {"role", role}, {"password", std::move(*password)}},
        {"User {} exists now.", "已创建用户 {}。"});
}

int user_password(const CommonOptions& options, const std::string& name)
{
    auto password = read_password();
    if (!password) {
        complain(password.error().detail);
        return 1;
    }
    return carry_out(options, {{"command", "user.password"}, {"name", name}, {"password", std::move(*password)}},
        {"User {} has a new password; the sessions are signed out.", "已为用户 {} 设置新密码，其会话均已退出。"});
}

int user_unlock(const CommonOptions& options, const std::string& name)
{
    return carry_out(
        options, {{"command", "user.unlock"}, {"name", name}}, {"User {} may sign in again.", "用户 {} 可以重新登录。"});
}

} // namespace siyu::cli
