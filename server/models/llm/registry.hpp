#pragma once

#include "core/async/task_group.hpp"
#include "core/base/clock.hpp"
#include "io/net/http_client.hpp"
#include "models/llm/endpoint.hpp"
#include "models/llm/slots.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace siyu::llm {

enum class UpstreamKind { engine, upstream };
enum class UpstreamState { ready, loading, down };

std::string_view to_string(UpstreamKind kind);
std::string_view to_string(UpstreamState state);

/// A model server, as configured.
struct UpstreamSettings {
    std::string name;
    UpstreamKind kind = UpstreamKind::upstream;
    std::optional<Endpoint> endpoint; ///< an engine has none until it runs
    std::vector<std::string> models; ///< empty: those that its /v1/models names
    std::optional<std::int64_t> context_window; ///< tokens per request; absent: as the server tells
    std::string health_target; ///< asked before the models; empty: not
    http::ClientTimeouts timeouts;
    std::size_t running_max = 64;
    std::size_t waiting_max = 256;
};

/// How an unfinished answer is taken up again.
enum class Continuation {
    sibling, ///< it cannot be: another answer is written
    prefill, ///< a last message of the assistant is continued
};

/// What is known of an upstream now.
struct Upstream {
    std::string name;
    UpstreamKind kind = UpstreamKind::upstream;
    UpstreamState state = UpstreamState::loading;
    Time since;
    std::string detail; ///< a sentence for the administrator: what is being done, or went wrong
    std::optional<Endpoint> endpoint;
    std::vector<std::string> models;
    std::string sole_model; ///< what the server calls its only model, when it is configured under another name; else empty
    std::optional<std::int64_t> context_window; ///< tokens per request
    Continuation continuation = Continuation::sibling;
    http::ClientTimeouts timeouts;
    std::shared_ptr<Slots> slots;

    /// How to name `model` to the server.
    const std::string& served_name(const std::string& model) const { return sole_model.empty() ? model : sole_model; }
};

/// Everything known at one moment. Never changes once published.
struct Snapshot {
    std::vector<Upstream> upstreams;
    std::string default_model; ///< empty: there is none now

    /// The upstream that serves `model`: one that is ready, else one that may be; null for an unknown model.
    const Upstream* find(std::string_view model) const;
};

/// Which model is where and how it does. Polls every upstream in the background; one that is down is shown, not fatal. Lives on
/// one thread, except where said; `stop` is awaited before it goes.
class Registry {
public:
    using Permits = std::function<Result<EgressPermit>(std::string_view origin)>;
    using Report = async::TaskGroup::Report;

    /// `default_model` empty: the first model of the first upstream that has one.
    Registry(Executor executor, http::Client& client, Permits permits, const Clock& clock,
        std::vector<UpstreamSettings> upstreams, std::string default_model, Report report);
    ~Registry();

    void start();
    Task<> stop();

    /// Thread-safe.
    std::shared_ptr<const Snapshot> snapshot() const;

    /// An engine has begun to listen there, or ended. Thread-safe.
    void engine_started(std::string name, Endpoint endpoint);
    void engine_ended(std::string name, std::string detail);

private:
    struct Entry;
    Task<> poll(std::shared_ptr<Entry> entry);
    Task<> look(std::shared_ptr<Entry> entry);
    Task<Result<std::string>> get(const Entry& entry, Endpoint endpoint, std::string target);
    Task<> read_properties(std::shared_ptr<Entry> entry, Endpoint endpoint);
    void set_state(Entry& entry, UpstreamState state, std::string detail);
    void publish();

    Executor executor_;
    http::Client& client_;
    Permits permits_;
    const Clock& clock_;
    std::string default_model_;
    std::vector<std::shared_ptr<Entry>> entries_;
    std::shared_ptr<http::Abort> abort_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Snapshot> snapshot_; // under the mutex
    async::TaskGroup group_;
};

} // namespace siyu::llm
