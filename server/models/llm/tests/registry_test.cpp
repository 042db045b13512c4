#include "models/llm/registry.hpp"

#include "models/llm/tests/permits.hpp"
#include "testkit/fake_clock.hpp"
#include "testkit/imposter.hpp"
#include "testkit/run.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using namespace std::chrono_literals;
using testkit::Script;

namespace {

constexpr auto two_models = R"({"data":[{"id":"a","max_model_len":4096},{"id":"b"}]})";

struct World {
    testkit::FakeClock clock;
    testkit::Imposter imposter;
    std::unique_ptr<http::Client> client = http::make_client();
    asio::io_context context{1};

    llm::UpstreamSettings settings(std::string name = "up")
    {
        return {.name = std::move(name), .endpoint = *llm::parse_endpoint(imposter.origin(), "key")};
    }

    /// Polls until `is_enough` says so of the snapshot, then stops.
    std::shared_ptr<const llm::Snapshot> poll(std::vector<llm::UpstreamSettings> upstreams, std::string default_model,
        std::function<bool(const llm::Snapshot&)> is_enough)
    {
        llm::Registry registry(
            context.get_executor(), *client,
            [this](std::string_view origin) -> Result<EgressPermit> {
                if (origin != imposter.origin())
                    return fail(Errc::forbidden, "not configured");
                return privacy::EgressGate::permit(std::string(origin));
            },
            clock, std::move(upstreams), std::move(default_model), [](auto, auto what) { ADD_FAILURE() << what; });
        return testkit::run(context, poll_until(registry, std::move(is_enough)));
    }

    static Task<std::shared_ptr<const llm::Snapshot>> poll_until(
        llm::Registry& registry, std::function<bool(const llm::Snapshot&)> is_enough)
    {
        registry.start();
        for (int i = 0; i < 1000 && !is_enough(*registry.snapshot()); ++i)
            co_await async::sleep_for(10ms);
        auto snapshot = registry.snapshot();
        co_await registry.stop();
        co_return snapshot;
    }
};

bool all_ready(const llm::Snapshot& snapshot)
{
    return std::ranges::all_of(
        snapshot.upstreams, [](const auto& upstream) { return upstream.state == llm::UpstreamState::ready; });
}

} // namespace

TEST(Registry, TakesNamesAndWindowFromTheUpstream)
{
    World world;
    world.imposter.on("/v1/models", Script::reply(200, two_models));

    const auto snapshot = world.poll({world.settings()}, "", all_ready);

    ASSERT_EQ(snapshot->upstreams.size(), 1u);
    const auto& upstream = snapshot->upstreams.front();
    EXPECT_EQ(upstream.state, llm::UpstreamState::ready);
    EXPECT_EQ(upstream.models, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(upstream.context_window, 4096);
    EXPECT_EQ(upstream.continuation, llm::Continuation::sibling);
    EXPECT_EQ(snapshot->default_model, "a");
    EXPECT_EQ(snapshot->find("b"), &upstream);
    EXPECT_EQ(snapshot->find("c"), nullptr);
    EXPECT_EQ(world.imposter.requests().front().header("Authorization"), "Bearer key");
}

TEST(Registry, ShowsWhatIsDownAndServesTheRest)
{
    World world;
    world.imposter.on("/v1/models", Script::reply(200, two_models));
    auto dead = world.settings("dead");
    dead.endpoint = *llm::parse_endpoint("http://127.0.0.1:1", {}); // nobody permitted it, either
    dead.models = {"a"};

    const auto snapshot = world.poll({dead, world.settings()}, "b", [](const auto& s) {
        return s.upstreams[0].state == llm::UpstreamState::down && s.upstreams[1].state == llm::UpstreamState::ready;
    });

    EXPECT_EQ(snapshot->upstreams[0].state, llm::UpstreamState::down);
    EXPECT_FALSE(snapshot->upstreams[0].detail.empty());
    EXPECT_EQ(snapshot->find("a"), &snapshot->upstreams[1]); // the one that is ready
    EXPECT_EQ(snapshot->default_model, "b");
}

TEST(Registry, TellsLoadingFromDownAndComesBack)
{
    World world;
    world.imposter.on(
        "/v1/models", {Script::reply(503, R"({"error":{"message":"Loading model"}})"), Script::reply(200, two_models)});
    bool was_loading = false;
    const auto snapshot = world.poll({world.settings()}, "", [&](const auto& s) {
        was_loading |= s.upstreams[0].state == llm::UpstreamState::loading && s.upstreams[0].detail.contains("loaded");
        return s.upstreams[0].state == llm::UpstreamState::ready;
    });
    EXPECT_TRUE(was_loading);
    EXPECT_EQ(snapshot->upstreams[0].state, llm::UpstreamState::ready);
}

TEST(Registry, SaysWhatAnUpstreamDoesWrong)
{
    const auto detail = [](Script script) {
        World world;
        world.imposter.on("/v1/models", std::move(script));
        return world
            .poll({world.settings()}, "", [](const auto& s) { return s.upstreams[0].state == llm::UpstreamState::down; })
            ->upstreams[0]
            .detail;
    };
    EXPECT_EQ(detail(Script::reply(401, "{}")), "It refuses the configured API key.");
    EXPECT_EQ(
        detail(Script::reply(200, "<html>")), "Its /v1/models is not a list of models: it does not speak OpenAI's protocol.");
    EXPECT_EQ(detail(Script::reply(500, "")), "It answers 500.");
}

TEST(Registry, TakesNameAndWindowAsConfigured)
{
    World world;
    world.imposter.on("/v1/models", Script::reply(200, R"({"data":[{"id":"/models/x.gguf","max_model_len":4096}]})"));
    auto settings = world.settings();
    settings.models = {"nice"};
    settings.context_window = 1000;
    const auto snapshot = world.poll({settings}, "", all_ready);
    const auto* upstream = snapshot->find("nice");
    ASSERT_TRUE(upstream);
    EXPECT_EQ(upstream->served_name("nice"), "/models/x.gguf");
    EXPECT_EQ(upstream->context_window, 1000);
}
