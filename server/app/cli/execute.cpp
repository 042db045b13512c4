#include "app/cli/execute.hpp"

#include "app/cli/admin_socket.hpp"
#include "app/cli/data_directory.hpp"
#include "app/cli/process_limits.hpp"
#include "app/cli/service_commands.hpp"
#include "app/cli/terminal.hpp"
#include "state/storage/storage.hpp"
#include "trust/identity/identity.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

namespace siyu::cli {
namespace {

namespace fs = std::filesystem;

identity::IdentitySettings identity_settings(const config::Settings& settings)
{
    return {.sessions = {.idle = settings.session.idle, .absolute = settings.session.absolute},
        .lockout = {.account_failures = settings.lockout.attempts,
            .address_failures = settings.lockout.address_attempts,
            .duration = settings.lockout.duration},
        .password_length_min = static_cast<std::size_t>(settings.password_length_min),
        .is_https = config::is_https(settings),
        .first_administrator_file = (fs::path(settings.data) / "first-admin.url").string(),
        .base_url = config::base_url(settings)};
}

Task<Result<boost::json::object>> run_on(identity::Identity& identity, boost::json::object request)
{
    if (auto loaded = co_await identity.load(); !loaded)
        co_return fail(loaded.error());
    ServiceCommands commands(identity);
    co_return co_await commands.run(std::move(request));
}

Result<boost::json::object> execute_here(const config::Settings& settings, boost::json::object request)
{
    asio::io_context loop(1); // outlives the threads that post to it
    SystemClock clock;
    async::BlockingPool pool(2, 64);
    auto storage = storage::open({.directory = settings.data, .clock = clock, .pool = pool, .report = complain});
    if (!storage)
        return fail(storage.error());
    auto& repositories = (*storage)->repositories();
    identity::Identity identity(
        {.tenant = storage::default_tenant,
            .users = *repositories.users,
            .sessions = *repositories.sessions,
            .api_keys = *repositories.api_keys,
            .journal = (*storage)->journal(),
            .hashing = pool,
            .clock = clock,
            .address_hash = [](std::string_view) { return std::string(); }}, // nobody has an address here
        identity_settings(settings));
    auto outcome = asio::co_spawn(loop, run_on(identity, std::move(request)), asio::use_future);
    loop.run();
    return outcome.get();
}

} // namespace

Result<boost::json::object> execute(const config::Settings& settings, boost::json::object request)
{
    auto answer = ask_server((fs::path(settings.data) / "admin.sock").string(), request);
    if (answer || answer.error().reason != "no_server")
        return answer;
    set_process_limits();
    const auto directory = DataDirectory::open(settings.data);
    if (!directory)
        return fail(directory.error());
    return execute_here(settings, std::move(request));
}

} // namespace siyu::cli
