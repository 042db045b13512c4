#pragma once

#include "app/api/metrics_page.hpp"
#include "app/api/pipeline.hpp"
#include "app/cli/admin_socket.hpp"
#include "app/cli/service_commands.hpp"
#include "core/async/threads.hpp"
#include "core/config/settings.hpp"
#include "features/chat/chat.hpp"
#include "io/net/http_server.hpp"
#include "models/llm/supervisor.hpp"
#include "trust/privacy/egress_gate.hpp"

#include <atomic>
#include <optional>

namespace siyu::wiring {

/// Every object of the server, in the order in which they need each other; the last goes first.
class ServerProcess {
public:
    /// `is_terminal`: somebody reads the log as it comes.
    ServerProcess(config::Settings settings, bool is_terminal);
    ~ServerProcess();

    /// Opens, recovers, listens. The error's detail is a sentence for the terminal.
    Result<void> start();
    /// Ends everything in order, so that nothing acknowledged is lost.
    void stop();

    /// Empty when an administrator exists.
    const std::string& first_administrator_link() const { return first_administrator_link_; }
    std::uint16_t port() const { return server_->port(); }

private:
    Result<void> open_storage();
    Result<void> build_trust();
    Result<void> build_models();
    Result<void> build_features();
    void build_api();
    Result<void> listen();
    void add_probes();
    Result<void> record(std::string_view action);
    Task<Result<audit::Verification>> verify_audit();
    Task<> upkeep();
    Task<> stop_on_thread();

    /// Runs a task on the server's first thread and waits for it; not from one of its threads.
    template <class T> T run(Task<T> task);
    async::TaskGroup::Report report();

    config::Settings settings_;
    SystemClock clock_;
    observe::Log log_;
    observe::Metrics metrics_;
    async::Threads threads_;
    async::BlockingPool pool_; // SQLite and parsing
    async::BlockingPool hashing_; // argon2 alone: its queue must not hold up reads
    std::atomic<bool> is_ready_ = false;
    bool is_started_ = false;

    std::unique_ptr<storage::Storage> storage_;
    std::unique_ptr<identity::Identity> identity_;
    std::unique_ptr<privacy::EgressGate> gate_;
    std::unique_ptr<http::Client> client_;
    std::unique_ptr<llm::Registry> registry_;
    std::unique_ptr<llm::Supervisor> supervisor_;
    std::unique_ptr<inference::Inference> inference_;
    std::unique_ptr<api::LiveStreams> streams_;
    std::unique_ptr<events::TurnLogs> turn_logs_;
    std::unique_ptr<chat::Chat> chat_;
    std::unique_ptr<audit::Log> audit_log_;
    std::unique_ptr<api::Services> services_;
    std::unique_ptr<api::Pipeline> pipeline_;
    std::unique_ptr<http::Server> server_;
    std::unique_ptr<api::MetricsPage> metrics_page_;
    std::unique_ptr<http::Server> metrics_server_; // only when it has an address of its own
    std::unique_ptr<cli::ServiceCommands> commands_;
    std::unique_ptr<cli::AdminSocket> admin_socket_;
    std::unique_ptr<async::Signal> stopping_;
    std::unique_ptr<async::TaskGroup> tasks_;
    std::string first_administrator_link_;
};

} // namespace siyu::wiring
