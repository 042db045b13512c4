#include "models/llm/registry.hpp"

#include "models/llm/limits.hpp"
#include "models/llm/providers/openai/model_list.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace siyu::llm {

std::string_view to_string(UpstreamKind kind)
{
    return kind == UpstreamKind::engine ? "engine" : "upstream";
}

std::string_view to_string(UpstreamState state)
{
    switch (state) {
    case UpstreamState::ready: return "ready";
    case UpstreamState::loading: return "loading";
    case UpstreamState::down: return "down";
    }
    return "down";
}

const Upstream* Snapshot::find(std::string_view model) const
{
    const Upstream* best = nullptr;
    for (const auto& upstream : upstreams)
        if (std::ranges::find(upstream.models, model) != upstream.models.end() && (!best || upstream.state < best->state))
            best = &upstream; // the states are in the order of preference
    return best;
}

struct Registry::Entry {
    Entry(Executor executor, UpstreamSettings given) : settings(std::move(given)), changed(executor) { }
    UpstreamSettings settings;
    Upstream now;
    async::Signal changed; // look again at once
    std::uint64_t generation = 0; // counts the endpoints: an answer of an earlier one does not count
};

Registry::Registry(Executor executor, http::Client& client, Permits permits, const Clock& clock,
    std::vector<UpstreamSettings> upstreams, std::string default_model, Report report)
    : executor_(executor),
      client_(client),
      permits_(std::move(permits)),
      clock_(clock),
      default_model_(std::move(default_model)),
      abort_(std::make_shared<http::Abort>()),
      group_(executor, std::move(report))
{
    for (auto& settings : upstreams) {
        auto entry = std::make_shared<Entry>(executor, std::move(settings));
        const auto& given = entry->settings;
        entry->now = {.name = given.name,
            .kind = given.kind,
            .since = clock.now(),
            .detail = given.endpoint ? "Not asked yet." : "Not started yet.",
            .endpoint = given.endpoint,
            .models = given.models,
            .context_window = given.context_window,
            .timeouts = given.timeouts,
            .slots = std::make_shared<Slots>(given.running_max, given.waiting_max)};
        entries_.push_back(std::move(entry));
    }
    publish();
}

Registry::~Registry() = default;

void Registry::start()
{
    for (const auto& entry : entries_)
        group_.spawn("upstream poll", poll(entry));
}

Task<> Registry::stop()
{
    abort_->trigger();
    for (const auto& entry : entries_)
        entry->changed.notify();
    co_await group_.drained();
}

std::shared_ptr<const Snapshot> Registry::snapshot() const
{
    const std::lock_guard lock(mutex_);
    return snapshot_;
}

void Registry::engine_started(std::string name, Endpoint endpoint)
{
    asio::post(executor_, [this, name = std::move(name), endpoint = std::move(endpoint)] {
        for (const auto& entry : entries_) {
            if (entry->settings.name != name)
                continue;
            ++entry->generation;
            entry->now.endpoint = endpoint;
            set_state(*entry, UpstreamState::loading, "The engine is starting.");
            entry->changed.notify();
        }
    });
}

void Registry::engine_ended(std::string name, std::string detail)
{
    asio::post(executor_, [this, name = std::move(name), detail = std::move(detail)] {
        for (const auto& entry : entries_) {
            if (entry->settings.name != name)
                continue;
            ++entry->generation;
            entry->now.endpoint.reset();
            set_state(*entry, UpstreamState::down, detail);
        }
    });
}

Task<> Registry::poll(std::shared_ptr<Entry> entry)
{
    while (!abort_->is_triggered()) {
        if (entry->now.endpoint)
            co_await look(entry);
        if (abort_->is_triggered())
            break;
        const auto state = entry->now.state;
        co_await entry->changed.wait_for(state == UpstreamState::ready ? poll_interval_ready
                : state == UpstreamState::loading                      ? poll_interval_loading
                                                                       : poll_interval_down);
    }
}

Task<> Registry::look(std::shared_ptr<Entry> entry)
{
    const auto generation = entry->generation;
    const auto endpoint = *entry->now.endpoint;
    const auto& health = entry->settings.health_target;
    auto answer = co_await get(*entry, endpoint, health.empty() ? endpoint.prefix + "/v1/models" : health);
    if (answer && !health.empty())
        answer = co_await get(*entry, endpoint, endpoint.prefix + "/v1/models");
    if (generation != entry->generation || abort_->is_triggered())
        co_return;
    if (!answer) {
        const bool is_loading = answer.error().reason == "model_loading"
            || (entry->settings.kind == UpstreamKind::engine && entry->now.state == UpstreamState::loading);
        set_state(*entry, is_loading ? UpstreamState::loading : UpstreamState::down,
            is_loading ? "The model is being loaded." : answer.error().detail);
        co_return;
    }
    auto list = openai::read_model_list(*answer);
    if (!list) {
        set_state(*entry, UpstreamState::down, list.error().detail);
        co_return;
    }
    if (entry->settings.models.empty())
        entry->now.models = list->names;
    else if (entry->settings.models.size() == 1 && list->names.size() == 1)
        entry->now.sole_model = list->names.front();
    entry->now.continuation = list->is_llama_cpp ? Continuation::prefill : Continuation::sibling;
    if (list->context_window && !entry->settings.context_window)
        entry->now.context_window = list->context_window;
    if (list->is_llama_cpp && entry->now.state != UpstreamState::ready)
        co_await read_properties(entry, endpoint);
    if (generation == entry->generation)
        set_state(*entry, UpstreamState::ready, {});
}

/// What llama.cpp tells of itself: how many requests it answers at once, and the window that each of them has.
Task<> Registry::read_properties(std::shared_ptr<Entry> entry, Endpoint endpoint)
{
    const auto answer = co_await get(*entry, endpoint, endpoint.prefix + "/props");
    if (!answer)
        co_return;
    const auto properties = openai::read_properties(*answer);
    if (properties.context_window && !entry->settings.context_window)
        entry->now.context_window = properties.context_window;
    if (properties.slots)
        entry->now.slots->set_running_max(static_cast<std::size_t>(*properties.slots));
}

Task<Result<std::string>> Registry::get(const Entry& entry, Endpoint endpoint, std::string target)
{
    auto permit = permits_(endpoint.origin);
    if (!permit)
        co_return fail(permit.error());
    http::ClientRequest request{.target = std::move(target)};
    request.timeouts = {entry.settings.timeouts.connect, poll_patience, poll_patience, poll_patience};
    if (!endpoint.key.empty())
        request.headers.add("Authorization", "Bearer " + endpoint.key);
    auto response = co_await client_.send(std::move(*permit), std::move(request), abort_);
    if (!response)
        co_return fail(Errc::unavailable, "Cannot be reached: " + response.error().detail + ".");
    auto body = co_await (*response)->read_all(models_answer_bytes_max);
    if (!body)
        co_return fail(Errc::unavailable, "Its answer broke off: " + body.error().detail + ".");
    const auto status = (*response)->status();
    if (status == 503)
        co_return fail(Errc::unavailable, "It answers 503: not ready.", "model_loading");
    if (status == 401 || status == 403)
        co_return fail(Errc::upstream, "It refuses the configured API key.");
    if (status != 200)
        co_return fail(Errc::upstream, "It answers " + std::to_string(status) + ".");
    co_return std::move(*body);
}

void Registry::set_state(Entry& entry, UpstreamState state, std::string detail)
{
    if (entry.now.state != state)
        entry.now.since = clock_.now();
    entry.now.state = state;
    entry.now.detail = std::move(detail);
    publish();
}

void Registry::publish()
{
    auto snapshot = std::make_shared<Snapshot>();
    for (const auto& entry : entries_)
        snapshot->upstreams.push_back(entry->now);
    if (snapshot->find(default_model_)) {
        snapshot->default_model = default_model_;
    } else if (default_model_.empty()) {
        const auto has_models = [](const Upstream& upstream) { return !upstream.models.empty(); };
        const auto first = std::ranges::find_if(snapshot->upstreams, has_models);
        if (first != snapshot->upstreams.end())
            snapshot->default_model = first->models.front();
    }
    const std::lock_guard lock(mutex_);
    snapshot_ = std::move(snapshot);
}

} // namespace siyu::llm
