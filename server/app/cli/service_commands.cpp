#include "app/cli/service_commands.hpp"

#include "core/base/json.hpp"
#include "trust/identity/identity.hpp"

namespace siyu::cli {
namespace {

Result<std::string> text_of(const json::object& request, std::string_view name)
{
    const auto* value = request.if_contains(name);
    if (value == nullptr || !value->is_string())
        return fail(Errc::invalid, "the command lacks \"" + std::string(name) + "\"", "missing_field", std::string(name));
    return std::string(value->as_string());
}

/// Somebody at the machine, with its user's rights: the operator.
identity::Act operators_act()
{
    Principal principal;
    principal.user = UserId{"system"};
    principal.credential = Credential::command_line;
    principal.credential_id = "command line";
    return {std::move(principal), {}};
}

std::vector<Role> roles_of(std::string_view role)
{
    if (role == "admin")
        return {all_roles.begin(), all_roles.end()};
    return role == "member" ? std::vector{Role::member} : std::vector<Role>();
}

} // namespace

Task<Result<json::object>> ServiceCommands::run(json::object request)
{
    auto command = text_of(request, "command");
    if (!command)
        co_return fail(command.error());
    if (*command == "user.create")
        co_return co_await create_user(std::move(request));
    if (*command == "user.password")
        co_return co_await set_password(std::move(request));
    if (*command == "user.unlock")
        co_return co_await unlock(std::move(request));
    if (*command == "apikey.create")
        co_return co_await create_api_key(std::move(request));
    co_return fail(Errc::invalid, "there is no command \"" + *command + "\"");
}

/// {"name", "role": "member" | "admin", "password"} → {"id"}
Task<Result<json::object>> ServiceCommands::create_user(json::object request)
{
    auto name = text_of(request, "name");
    auto password = text_of(request, "password");
    const auto role = text_of(request, "role");
    if (!name || !password || !role)
        co_return fail(!name ? name.error() : !password ? password.error() : role.error());
    auto roles = roles_of(*role);
    if (roles.empty())
        co_return fail(Errc::invalid, "the role is member or admin", "unknown_role", "role");
    auto made = co_await identity_.accounts.create(operators_act(),
        {.name = std::move(*name), .display_name = {}, .password = std::move(*password), .roles = std::move(roles)});
    if (!made)
        co_return fail(made.error());
    if (*role == "admin")
        identity_.first_administrator.close();
    co_return json::object{{"id", made->id.text}};
}

/// {"name", "password"} → {}
Task<Result<json::object>> ServiceCommands::set_password(json::object request)
{
    auto name = text_of(request, "name");
    auto password = text_of(request, "password");
    if (!name || !password)
        co_return fail(!name ? name.error() : password.error());
    const auto user = co_await identity_.accounts.find_by_name(std::move(*name));
    if (!user)
        co_return fail(user.error());
    auto set = co_await identity_.accounts.reset_password(operators_act(), user->id, std::move(*password));
    if (!set)
        co_return fail(set.error());
    co_return json::object();
}

/// {"name"} → {}
Task<Result<json::object>> ServiceCommands::unlock(json::object request)
{
    auto name = text_of(request, "name");
    if (!name)
        co_return fail(name.error());
    const auto user = co_await identity_.accounts.find_by_name(std::move(*name));
    if (!user)
        co_return fail(user.error());
    auto unlocked = co_await identity_.accounts.unlock(operators_act(), user->id);
    if (!unlocked)
        co_return fail(unlocked.error());
    co_return json::object();
}

/// {"user", "name", "days"} → {"id", "key"}
Task<Result<json::object>> ServiceCommands::create_api_key(json::object request)
{
    auto user_name = text_of(request, "user");
    auto name = text_of(request, "name");
    if (!user_name || !name)
        co_return fail(!user_name ? user_name.error() : name.error());
    const auto* days = request.if_contains("days");
    if (days == nullptr || !days->is_int64())
        co_return fail(Errc::invalid, "the command lacks \"days\"", "missing_field", "days");
    const auto user = co_await identity_.accounts.find_by_name(std::move(*user_name));
    if (!user)
        co_return fail(user.error());
    auto made = co_await identity_.api_keys.create(operators_act(), user->id, std::move(*name), days->as_int64());
    if (!made)
        co_return fail(made.error());
    co_return json::object{{"id", made->entry.id.text}, {"key", made->key}};
}

} // namespace siyu::cli
