#pragma once

#include "core/async/child_process.hpp"
#include "core/async/task_group.hpp"
#include "core/base/clock.hpp"
#include "core/observe/log.hpp"
#include "models/llm/registry.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace siyu::llm {

/// A model server that siyu runs itself.
struct EngineSettings {
    std::string name; ///< also the Registry's name for it; [a-z0-9-]
    std::vector<std::string> command; ///< program and arguments
    std::map<std::string, std::string> environment; ///< added to port, key and the few that every program needs
};

struct EngineState {
    std::string name;
    bool is_running = false;
    std::int64_t restarts = 0; ///< starts after the first
    Time since;
    std::string detail; ///< the sentence that its last end left; empty while all is well
};

/// How quickly what fails is tried again, and what is stopped may linger.
struct SupervisorTimes {
    std::chrono::milliseconds backoff_min{1000};
    std::chrono::milliseconds backoff_max{30'000};
    std::chrono::milliseconds good_run{60'000}; ///< after that the backoff starts again from its least
    std::chrono::milliseconds stop_patience{5000}; ///< from SIGTERM to SIGKILL
};

/// Starts the engines, starts them again when they end, and ends them with the server, however that ends. Tells the Registry
/// where they listen. Lives on one thread, which must live as long as the process (the engines die with it); `stop` is awaited
/// before it goes.
class Supervisor {
public:
    /// An engine is about to listen at `origin`: the egress gate has to know.
    using Announce = std::function<void(const std::string& engine, const std::string& origin)>;
    struct Options {
        std::filesystem::path directory; ///< for <name>.log and <name>.pid; made 0700
        const Clock& clock;
        Announce announce;
        observe::Log& log;
        async::TaskGroup::Report report;
        SupervisorTimes times;
    };

    Supervisor(Executor executor, Registry& registry, std::vector<EngineSettings> engines, Options options);
    ~Supervisor();

    /// Ends what a crash left running, then starts the engines. On its thread.
    void start();
    /// Ends them all. On its thread.
    Task<> stop();

    /// Errc::not_found for an unknown name. Thread-safe; returns before the engine has ended.
    Result<void> restart(std::string_view name);
    /// Thread-safe.
    std::vector<EngineState> states() const;

private:
    struct Engine;
    Task<> run(std::shared_ptr<Engine> engine);
    Task<std::string> run_once(std::shared_ptr<Engine> engine);
    Task<> pump(std::shared_ptr<Engine> engine, std::shared_ptr<async::ChildProcess> child);
    Task<> end(std::shared_ptr<Engine> engine);
    void note(Engine& engine, bool is_running, std::string detail);

    Executor executor_;
    Registry& registry_;
    Options options_;
    std::vector<std::shared_ptr<Engine>> engines_;
    mutable std::mutex mutex_; // for what states() shows
    async::TaskGroup group_;
};

} // namespace siyu::llm
