#include "app/wiring/server_process.hpp"

#include "app/wiring/models.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include <filesystem>
#include <thread>

namespace siyu::wiring {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t pool_threads = 4;
constexpr std::size_t pool_queue_max = 4096;
constexpr std::size_t hashing_threads = 2; // 19 MiB and a core each
constexpr std::size_t hashing_queue_max = 64;
constexpr auto drain_patience = 10s;
constexpr auto upkeep_interval = 5s;

observe::Log::Options log_options(const config::LogSettings& settings, bool is_terminal)
{
    const bool is_text =
        settings.format == config::LogFormat::text || (settings.format == config::LogFormat::automatic && is_terminal);
    return {.level = static_cast<observe::Severity>(settings.level),
        .format = is_text ? observe::Format::text : observe::Format::json,
        .file = settings.file};
}

std::size_t thread_count(std::int64_t configured)
{
    return configured > 0 ? static_cast<std::size_t>(configured) : std::max(1U, std::thread::hardware_concurrency());
}

policy::Rate per_minute(std::int64_t count)
{
    return {.per_second = static_cast<double>(count) / 60, .burst = static_cast<double>(count)};
}

} // namespace

ServerProcess::ServerProcess(config::Settings settings, bool is_terminal)
    : settings_(std::move(settings)),
      log_(log_options(settings_.log, is_terminal)),
      threads_(thread_count(settings_.threads)),
      pool_(pool_threads, pool_queue_max),
      hashing_(hashing_threads, hashing_queue_max)
{
}

ServerProcess::~ServerProcess()
{
    stop();
}

template <class T> T ServerProcess::run(Task<T> task)
{
    return asio::co_spawn(threads_.at(0), std::move(task), asio::use_future).get();
}

async::TaskGroup::Report ServerProcess::report()
{
    return [this](std::string_view task, std::string_view what) {
        log_.error(
            "task.failed", "a task ended with a defect", {{observe::Key::task, task}, {observe::Key::error_message, what}});
    };
}

Result<void> ServerProcess::start()
{
    threads_.start();
    is_started_ = true;
    if (auto opened = open_storage(); !opened)
        return opened;
    if (auto built = build_trust(); !built)
        return built;
    if (auto built = build_models(); !built)
        return built;
    if (auto built = build_features(); !built)
        return built;
    build_api();
    if (auto listening = listen(); !listening)
        return listening;
    add_probes();
    stopping_ = std::make_unique<async::Signal>(threads_.at(0));
    tasks_ = std::make_unique<async::TaskGroup>(threads_.at(0), report());
    asio::post(threads_.at(0), [this] {
        tasks_->spawn("upkeep", upkeep());
        supervisor_->start();
    });
    is_ready_ = true;
    return record("server.start");
}

Result<void> ServerProcess::open_storage()
{
    auto opened =
        storage::open({.directory = settings_.data, .clock = clock_, .pool = pool_, .report = [this](std::string sentence) {
                           log_.error("storage", "the storage reports", {{observe::Key::error_message, sentence}});
                       }});
    if (!opened)
        return fail(opened.error());
    storage_ = std::move(*opened);
    audit_log_ = std::make_unique<audit::Log>(storage_->database());
    return {};
}

Result<void> ServerProcess::build_trust()
{
    auto& rows = storage_->repositories();
    const auto& keys = storage_->keys();
    identity::IdentitySettings settings{
        .sessions = {.idle = settings_.session.idle, .absolute = settings_.session.absolute},
        .lockout = {.account_failures = settings_.lockout.attempts,
            .address_failures = settings_.lockout.address_attempts,
            .duration = settings_.lockout.duration},
        .password_length_min = static_cast<std::size_t>(settings_.password_length_min),
        .is_https = config::is_https(settings_),
        .first_administrator_file = (std::filesystem::path(settings_.data) / "first-admin.url").string(),
        .base_url = config::base_url(settings_),
    };
    identity_ = std::make_unique<identity::Identity>(
        identity::Identity::Needs{.tenant = storage::default_tenant,
            .users = *rows.users,
            .sessions = *rows.sessions,
            .api_keys = *rows.api_keys,
            .journal = storage_->journal(),
            .hashing = hashing_,
            .clock = clock_,
            .address_hash =
                [&keys](std::string_view address) { return keys.pseudonym(storage::default_tenant, "address", address); }},
        std::move(settings));
    if (auto loaded = run(identity_->load()); !loaded)
        return loaded;
    auto link = run(identity_->first_administrator.renew());
    if (!link)
        return fail(link.error());
    first_administrator_link_ = std::move(*link);
    return {};
}

Result<void> ServerProcess::build_models()
{
    auto all = upstreams(settings_);
    if (!all)
        return fail(all.error());
    gate_ = std::make_unique<privacy::EgressGate>(provider_origins(settings_));
    client_ = http::make_client();
    registry_ = std::make_unique<llm::Registry>(
        threads_.at(0), *client_, [this](std::string_view origin) { return gate_->permit(origin); }, clock_, std::move(*all),
        settings_.default_model, report());
    supervisor_ = std::make_unique<llm::Supervisor>(threads_.at(0), *registry_, engines(settings_),
        llm::Supervisor::Options{.directory = std::filesystem::path(settings_.data) / "engine",
            .clock = clock_,
            .announce =
                [this](const std::string& engine, const std::string& origin) {
                    if (auto known = gate_->set_engine(engine, origin); !known)
                        log_.error("engine", "an engine may listen on loopback only", {{observe::Key::engine, engine}});
                },
            .log = log_,
            .report = report(),
            .times = {}});
    inference_ = inference::make_inference({.registry = *registry_,
                                               .gate = *gate_,
                                               .client = *client_,
                                               .journal = storage_->journal(),
                                               .usage = *storage_->repositories().usage,
                                               .clock = clock_,
                                               .log = log_,
                                               .metrics = metrics_},
        threads_.at(0), report());
    asio::post(threads_.at(0), [this] { registry_->start(); });
    return {};
}

Result<void> ServerProcess::build_features()
{
    streams_ = std::make_unique<api::LiveStreams>(threads_);
    turn_logs_ = std::make_unique<events::TurnLogs>(clock_);
    chat_ = chat::make_chat({.journal = storage_->journal(),
        .repositories = storage_->repositories(),
        .inference = *inference_,
        .logs = *turn_logs_,
        .threads = threads_,
        .clock = clock_,
        .log = log_,
        .metrics = metrics_,
        .tenant = storage::default_tenant,
        .node = storage_->node(),
        .on_title =
            [this](UserId user, ConversationId conversation, std::string title) {
                streams_->notify(user, {{"event", "title"}, {"conversation_id", conversation.text}, {"title", title}});
            },
        .report = report()});
    return run(chat_->recover());
}

void ServerProcess::build_api()
{
    for (std::size_t i = 0; i < threads_.size(); ++i)
        identity_->revocations.subscribe(threads_.at(i),
            [this, i](const std::string& credential) { streams_->close_credential(threads_.at(i), credential); });
    services_.reset(new api::Services{.tenant = storage::default_tenant,
        .clock = clock_,
        .log = log_,
        .metrics = metrics_,
        .storage = *storage_,
        .identity = *identity_,
        .conversations = chat_->conversations(),
        .turns = chat_->turns(),
        .inference = *inference_,
        .registry = *registry_,
        .supervisor = *supervisor_,
        .audit_log = *audit_log_,
        .verify_audit = [this] { return verify_audit(); },
        .streams = *streams_,
        .client_address = api::ClientAddress(settings_.trusted_proxies),
        .assets = api::Assets(api::embedded_assets()),
        .settings = {.is_plain_beyond_loopback = config::is_plain_beyond_loopback(settings_),
            .is_https = config::is_https(settings_),
            .shows_metrics = !settings_.metrics_listen,
            .cors_origins = settings_.cors_origins,
            .gateway_body_bytes_max = static_cast<std::size_t>(settings_.limits.body_bytes),
            .address_rate = per_minute(settings_.rate.address_per_minute),
            .user_rate = per_minute(settings_.rate.user_per_minute),
            .sign_in_rate = per_minute(settings_.rate.sign_in_per_minute)},
        .is_ready = [this] { return is_ready_.load(); }});
    pipeline_ = std::make_unique<api::Pipeline>(*services_);
}

Result<void> ServerProcess::listen()
{
    http::ServerLimits limits;
    limits.connections_max = static_cast<std::size_t>(settings_.limits.connections);
    server_ = std::make_unique<http::Server>(threads_, *pipeline_, limits, report());
    if (auto listening = server_->listen(settings_.listen.host, settings_.listen.port); !listening)
        return listening;
    if (settings_.metrics_listen) {
        metrics_page_ = std::make_unique<api::MetricsPage>(metrics_);
        metrics_server_ = std::make_unique<http::Server>(threads_, *metrics_page_, http::ServerLimits{}, report());
        const auto& [host, port] = *settings_.metrics_listen;
        if (auto listening = metrics_server_->listen(host, port); !listening)
            return listening;
    }
    commands_ = std::make_unique<cli::ServiceCommands>(*identity_);
    admin_socket_ = std::make_unique<cli::AdminSocket>(
        threads_.at(0), (std::filesystem::path(settings_.data) / "admin.sock").string(), *commands_, log_);
    return admin_socket_->open();
}

void ServerProcess::add_probes()
{
    metrics_.add_probe("siyu_journal_queued", "Commits that wait to be written.",
        [this] { return static_cast<double>(storage_->journal_stats().queued); });
    metrics_.add_probe("siyu_journal_lag_seconds", "How long the oldest waiting Commit has waited.",
        [this] { return std::chrono::duration<double>(storage_->journal_stats().lag).count(); });
    metrics_.add_probe("siyu_journal_failures", "Transactions that could not be written.",
        [this] { return static_cast<double>(storage_->journal_stats().failures); });
    metrics_.add_probe("siyu_blocking_queued", "Calls that wait for the blocking pool.",
        [this] { return static_cast<double>(pool_.waiting()); });
    metrics_.add_probe(
        "siyu_hashing_queued", "Passwords that wait to be hashed.", [this] { return static_cast<double>(hashing_.waiting()); });
    metrics_.add_probe("siyu_connections", "Open connections.", [this] { return static_cast<double>(server_->connections()); });
}

Task<Result<audit::Verification>> ServerProcess::verify_audit()
{
    co_return co_await pool_.run([this]() -> Result<audit::Verification> {
        auto connection = storage_->database().connect();
        if (!connection)
            return fail(connection.error());
        return audit::verify(**connection, settings_.data, storage_->keys());
    });
}

Task<> ServerProcess::upkeep()
{
    while (is_ready_) {
        co_await stopping_->wait_for(upkeep_interval);
        identity_->upkeep();
    }
}

Result<void> ServerProcess::record(std::string_view action)
{
    AuditEvent event{.tenant = storage::default_tenant, .at = clock_.now(), .action = std::string(action), .actor = "system"};
    return run(storage_->journal().commit({.events = {std::move(event)}}));
}

Task<> ServerProcess::stop_on_thread()
{
    // Nothing new comes in; what runs is stored as it stands; then the readers get the end and leave.
    is_ready_ = false;
    if (stopping_)
        stopping_->notify();
    if (admin_socket_)
        co_await admin_socket_->stop();
    if (chat_)
        co_await chat_->stop();
    if (server_)
        co_await server_->drain(drain_patience);
    if (metrics_server_)
        co_await metrics_server_->drain(1s);
    if (tasks_)
        co_await tasks_->drained();
    if (inference_)
        co_await inference_->stop();
    if (supervisor_)
        co_await supervisor_->stop();
    if (registry_)
        co_await registry_->stop();
}

void ServerProcess::stop()
{
    if (!is_started_)
        return;
    is_started_ = false;
    const bool was_ready = is_ready_;
    asio::co_spawn(threads_.at(0), stop_on_thread(), asio::use_future).get();
    metrics_.forget_probes();
    if (was_ready && !record("server.stop"))
        log_.error("server.stop", "the stop could not be recorded");
    if (storage_)
        storage_->stop();
    threads_.stop();
}

} // namespace siyu::wiring
