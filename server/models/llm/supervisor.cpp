#include "models/llm/supervisor.hpp"

#include "core/base/bytes.hpp"
#include "core/crypto/random.hpp"
#include "models/llm/engine_files.hpp"
#include "models/llm/limits.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <csignal>
#include <cstdlib>

namespace siyu::llm {

struct Supervisor::Engine {
    Engine(Executor executor, EngineSettings given, const std::filesystem::path& directory)
        : settings(std::move(given)),
          pid_file(directory / (settings.name + ".pid")),
          log(directory / (settings.name + ".log")),
          changed(executor)
    {
    }

    EngineSettings settings;
    PidFile pid_file;
    EngineLog log;
    async::Signal changed; // the process has ended, the pump has, or somebody wants a restart or the stop
    std::shared_ptr<async::ChildProcess> child; // while it runs
    bool is_pumping = false;
    bool is_stopping = false;
    bool is_restart_wanted = false;
    EngineState state; // under the Supervisor's mutex
};

namespace {

/// What a program needs to run at all. Nothing else of our environment, which holds secrets.
std::map<std::string, std::string> base_environment()
{
    std::map<std::string, std::string> environment;
    for (const auto* name : {"PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "LD_LIBRARY_PATH",
             "CUDA_VISIBLE_DEVICES", "VIRTUAL_ENV", "PYTHONPATH"})
        if (const auto* value = std::getenv(name))
            environment[name] = value;
    return environment;
}

Result<unsigned short> free_loopback_port()
{
    asio::io_context context;
    asio::ip::tcp::acceptor acceptor(context);
    boost::system::error_code error;
    acceptor.open(asio::ip::tcp::v4(), error);
    if (!error)
        acceptor.bind({asio::ip::address_v4::loopback(), 0}, error);
    if (error)
        return fail(Errc::unavailable, "There is no free port on loopback: " + error.message() + ".");
    return acceptor.local_endpoint().port();
}

std::string sentence_of(const async::Exit& exit)
{
    if (exit.signal == SIGILL)
        return "The engine uses an instruction that this processor lacks (AVX2); connect a model server on another machine.";
    if (exit.signal == SIGKILL)
        return "The engine was killed; perhaps the machine ran out of memory.";
    if (exit.signal != 0)
        return "The engine was ended by signal " + std::to_string(exit.signal) + "; its log tells more.";
    return "The engine ended with code " + std::to_string(exit.code) + "; its log tells more.";
}

} // namespace

Supervisor::Supervisor(Executor executor, Registry& registry, std::vector<EngineSettings> engines, Options options)
    : executor_(executor), registry_(registry), options_(std::move(options)), group_(executor, options_.report)
{
    std::error_code ignored; // what cannot be written shows at the first start
    std::filesystem::create_directories(options_.directory, ignored);
    std::filesystem::permissions(options_.directory, std::filesystem::perms::owner_all, ignored);
    for (auto& settings : engines) {
        auto engine = std::make_shared<Engine>(executor, std::move(settings), options_.directory);
        engine->state = {.name = engine->settings.name, .since = options_.clock.now()};
        engines_.push_back(std::move(engine));
    }
}

Supervisor::~Supervisor() = default;

void Supervisor::start()
{
    for (const auto& engine : engines_) {
        if (engine->pid_file.end_stale())
            options_.log.warn(
                "engine.stale", "Ended an engine that a crash had left", {{observe::Key::engine, engine->settings.name}});
        group_.spawn("engine", run(engine));
    }
}

Task<> Supervisor::stop()
{
    for (const auto& engine : engines_) {
        engine->is_stopping = true;
        group_.spawn("engine end", end(engine));
    }
    co_await group_.drained();
}

Result<void> Supervisor::restart(std::string_view name)
{
    const auto found = std::ranges::find(engines_, name, [](const auto& engine) { return engine->settings.name; });
    if (found == engines_.end())
        return fail(Errc::not_found, "no engine of that name");
    asio::post(executor_, [this, engine = *found] {
        if (engine->is_stopping)
            return;
        engine->is_restart_wanted = true;
        group_.spawn("engine end", end(engine));
    });
    return {};
}

std::vector<EngineState> Supervisor::states() const
{
    const std::lock_guard lock(mutex_);
    std::vector<EngineState> states;
    for (const auto& engine : engines_)
        states.push_back(engine->state);
    return states;
}

Task<> Supervisor::run(std::shared_ptr<Engine> engine)
{
    const auto& times = options_.times;
    auto backoff = times.backoff_min;
    for (bool is_first = true; !engine->is_stopping; is_first = false) {
        if (!is_first) {
            const std::lock_guard lock(mutex_);
            ++engine->state.restarts;
        }
        const auto began = std::chrono::steady_clock::now();
        engine->is_restart_wanted = false;
        auto detail = co_await run_once(engine);
        if (engine->is_restart_wanted || std::chrono::steady_clock::now() - began >= times.good_run)
            backoff = times.backoff_min;
        if (engine->is_restart_wanted || engine->is_stopping)
            detail = "The engine was stopped.";
        note(*engine, false, detail);
        registry_.engine_ended(engine->settings.name, detail);
        if (engine->is_stopping)
            break;
        options_.log.warn("engine.end", "An engine ended",
            {{observe::Key::engine, engine->settings.name}, {observe::Key::error_message, detail}});
        const auto again = std::chrono::steady_clock::now() + backoff;
        while (!engine->is_stopping && !engine->is_restart_wanted && std::chrono::steady_clock::now() < again)
            co_await engine->changed.wait_until(again);
        backoff = std::min(backoff * 2, times.backoff_max);
    }
}

/// From the start of the process to its end; the sentence that says why it ended.
Task<std::string> Supervisor::run_once(std::shared_ptr<Engine> engine)
{
    const auto port = free_loopback_port();
    if (!port)
        co_return port.error().detail;
    Endpoint endpoint{"http://127.0.0.1:" + std::to_string(*port), {}, to_base64url(crypto::random_bytes(engine_key_bytes))};
    auto environment = base_environment();
    environment.insert(engine->settings.environment.begin(), engine->settings.environment.end());
    environment["SIYU_ENGINE_PORT"] = std::to_string(*port);
    environment["SIYU_ENGINE_KEY"] = endpoint.key;
    engine->log.forget_error();
    auto started = async::ChildProcess::start(executor_, {engine->settings.command, std::move(environment)});
    if (!started)
        co_return started.error().detail;
    const std::shared_ptr<async::ChildProcess> child = std::move(*started);
    if (const auto written = engine->pid_file.write(child->pid()); !written)
        co_return written.error().detail; // unseen by the next start it must not run
    options_.log.info("engine.start", "An engine started",
        {{observe::Key::engine, engine->settings.name}, {observe::Key::process_pid, child->pid()}});
    options_.announce(engine->settings.name, endpoint.origin);
    registry_.engine_started(engine->settings.name, std::move(endpoint));
    note(*engine, true, {});
    engine->child = child;
    engine->is_pumping = true;
    group_.spawn("engine log", pump(engine, child));
    if (engine->is_stopping || engine->is_restart_wanted)
        child->signal(SIGTERM); // asked for while it was being started
    const auto exit = co_await child->wait();
    engine->child.reset();
    engine->pid_file.remove();
    engine->changed.notify();
    const auto last_words = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (engine->is_pumping && std::chrono::steady_clock::now() < last_words)
        co_await engine->changed.wait_until(last_words);
    child->close_output();
    co_return engine->log.error().empty() ? sentence_of(exit) : engine->log.error();
}

Task<> Supervisor::pump(std::shared_ptr<Engine> engine, std::shared_ptr<async::ChildProcess> child)
{
    while (auto bytes = co_await child->read_output())
        engine->log.append(*bytes);
    engine->is_pumping = false;
    engine->changed.notify();
}

/// Asks the process to end, then makes it.
Task<> Supervisor::end(std::shared_ptr<Engine> engine)
{
    engine->changed.notify(); // it may be waiting for its next start
    const auto child = engine->child;
    if (!child)
        co_return;
    child->signal(SIGTERM);
    const auto patience = std::chrono::steady_clock::now() + options_.times.stop_patience;
    while (engine->child == child && std::chrono::steady_clock::now() < patience)
        co_await engine->changed.wait_until(patience);
    if (engine->child == child)
        child->signal(SIGKILL);
}

void Supervisor::note(Engine& engine, bool is_running, std::string detail)
{
    const std::lock_guard lock(mutex_);
    engine.state.is_running = is_running;
    engine.state.since = options_.clock.now();
    engine.state.detail = std::move(detail);
}

} // namespace siyu::llm
