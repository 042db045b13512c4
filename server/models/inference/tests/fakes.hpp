#pragma once

#include "core/async/task_group.hpp"
#include "models/inference/inference.hpp"
#include "testkit/fake_clock.hpp"
#include "testkit/imposter.hpp"
#include "testkit/run.hpp"

#include <gtest/gtest.h>

namespace siyu::inference {

/// A journal that keeps its Commits, or refuses as it is told.
class FakeJournal final : public storage::Journal {
public:
    Task<Result<void>> commit(storage::Commit commit) override
    {
        if (delay.count() > 0)
            co_await async::sleep_for(delay);
        const std::lock_guard lock(mutex);
        ++asked;
        if (refuse && refuse(commit))
            co_return fail(Errc::unavailable, "the disk is full");
        for (const auto& event : commit.events)
            events.push_back(event);
        changes += commit.changes.size();
        co_return Result<void>();
    }
    bool submit(storage::Commit) override { return false; }

    std::vector<std::string> actions()
    {
        const std::lock_guard lock(mutex);
        std::vector<std::string> names;
        for (const auto& event : events)
            names.push_back(event.action + (event.reason.empty() ? "" : " " + event.reason));
        return names;
    }

    std::mutex mutex;
    std::chrono::milliseconds delay{0};
    std::function<bool(const storage::Commit&)> refuse;
    std::vector<AuditEvent> events;
    std::size_t changes = 0;
    std::size_t asked = 0;
};

class FakeUsage final : public storage::UsageLedger {
public:
    storage::Change insert(TenantId, const storage::Usage&) override { return {.sql = "usage"}; }
};

/// An inference on one imposter that serves model "m".
struct World {
    explicit World(http::ClientTimeouts timeouts = {})
    {
        imposter.on("/v1/models", testkit::Script::reply(200, R"({"data":[{"id":"m"}]})"));
        std::vector<llm::UpstreamSettings> upstreams{
            {.name = "up", .endpoint = *llm::parse_endpoint(imposter.origin(), "secret")}};
        upstreams[0].running_max = 1;
        upstreams[0].waiting_max = 1;
        upstreams[0].timeouts = timeouts;
        registry = std::make_unique<llm::Registry>(
            context.get_executor(), *client, [this](auto origin) { return gate.permit(origin); }, clock, std::move(upstreams),
            "", report());
        inference =
            make_inference({*registry, gate, *client, journal, usage, clock, log, metrics}, context.get_executor(), report());
    }

    static async::TaskGroup::Report report()
    {
        return [](std::string_view, std::string_view what) { ADD_FAILURE() << what; };
    }

    /// Runs the story when the upstream is ready, then stops everything.
    void tell(std::function<Task<>(World&)> story) { testkit::run(context, run(*this, std::move(story))); }

    static Task<> run(World& world, std::function<Task<>(World&)> story)
    {
        world.registry->start();
        while (world.registry->snapshot()->default_model.empty())
            co_await async::sleep_for(std::chrono::milliseconds(5));
        co_await world.registry->stop(); // its polling would mix with what the tests count
        co_await story(world);
        co_await world.inference->stop();
    }

    Asker asker() const
    {
        return {.principal = {.tenant = TenantId{"t"},
                    .user = UserId{"u"},
                    .name = "n",
                    .roles = {Role::member},
                    .credential = Credential::api_key,
                    .credential_id = "k"},
            .request_id = "r"};
    }

    testkit::FakeClock clock;
    testkit::Imposter imposter;
    privacy::EgressGate gate{{imposter.origin()}};
    std::unique_ptr<http::Client> client = http::make_client();
    FakeJournal journal;
    FakeUsage usage;
    observe::Log log{{}, [](std::string_view) { }};
    observe::Metrics metrics;
    asio::io_context context{1};
    std::unique_ptr<llm::Registry> registry;
    std::unique_ptr<Inference> inference;
};

} // namespace siyu::inference
