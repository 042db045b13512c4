#include "models/inference/tests/fakes.hpp"

using namespace siyu;
using namespace siyu::inference;
using namespace std::chrono_literals;
using testkit::Script;

namespace {

constexpr auto chat = "/v1/chat/completions";
using Names = std::vector<std::string>;

Result<std::unique_ptr<Call>> admit(World& world, std::string model = "")
{
    return world.inference->admit(world.asker(), Purpose::turn, std::move(model), "turn", "id");
}

struct Told {
    std::string text;
    std::string error; ///< its reason
    Errc code = Errc::internal;
    int sent = 0;
};

Task<Told> listen(World& world, std::shared_ptr<http::Abort> abort = nullptr)
{
    Told told;
    auto call = admit(world);
    const auto recorded = co_await (*call)->record_start({});
    EXPECT_TRUE(recorded);
    auto stream = co_await (*call)->open({.messages = {{llm::ChatRole::user, "?"}}}, abort, [&told] { ++told.sent; });
    if (!stream) {
        told.error = stream.error().reason;
        told.code = stream.error().code;
        co_return told;
    }
    for (;;) {
        auto delta = co_await (*stream)->next();
        if (!delta) {
            told.error = delta.error().reason;
            told.code = delta.error().code;
            co_return told;
        }
        if (!*delta)
            break;
        told.text += (*delta)->text;
    }
    const auto ended = co_await (*call)->record_end({}, {});
    EXPECT_TRUE(ended);
    co_return told;
}

Task<> hear_the_answer(World& world)
{
    const auto told = co_await listen(world);
    EXPECT_EQ(told.text, "巴黎");
    EXPECT_EQ(told.sent, 1);
    EXPECT_EQ(world.journal.actions(), (Names{"turn.start", "turn.end"}));
    EXPECT_EQ(world.journal.events[0].object_id, "id");
    const auto connections = world.imposter.connections();
    co_await listen(world);
    EXPECT_EQ(world.imposter.connections(), connections); // the connection was used again
}

Task<> send_nothing_without_record(World& world)
{
    auto call = admit(world);
    const auto unrecorded = co_await (*call)->open({}, nullptr, [] { });
    EXPECT_FALSE(unrecorded);
    world.journal.refuse = [](const auto&) { return true; };
    EXPECT_FALSE(co_await (*call)->record_start({}));
    EXPECT_FALSE(co_await (*call)->open({}, nullptr, [] { }));
    EXPECT_EQ(world.imposter.requests().size(), 1u);
}

Task<> hear(World& world, std::string reason)
{
    const auto told = co_await listen(world);
    EXPECT_EQ(told.error, reason);
}

Task<> abort_when(World& world, std::size_t requests, std::shared_ptr<http::Abort> abort)
{
    while (world.imposter.requests().size() < requests)
        co_await async::sleep_for(1ms);
    abort->trigger();
}

Task<> stop_before_the_first_token(World& world)
{
    auto abort = std::make_shared<http::Abort>();
    async::TaskGroup group(world.context.get_executor(), World::report());
    group.spawn("abort", abort_when(world, 2, abort));
    const auto told = co_await listen(world, abort);
    co_await group.drained();
    EXPECT_EQ(told.code, Errc::cancelled);
    EXPECT_TRUE(world.imposter.wait_for_left(1));
}

void tell_reason(Script script, std::string reason, http::ClientTimeouts timeouts = {})
{
    World world(timeouts);
    world.imposter.on(chat, std::move(script));
    world.tell([reason](World& w) { return hear(w, reason); });
}

} // namespace

TEST(Call, GivesTheAnswerBetweenItsTwoRecords)
{
    World world;
    world.imposter.on(chat, Script::openai({"巴", "黎"}));
    world.tell(hear_the_answer);
}

TEST(Call, SendsNothingWithoutItsRecord)
{
    World world;
    world.imposter.on(chat, Script::openai({"x"}));
    world.tell(send_nothing_without_record);
}

TEST(Call, StopsTheModelBeforeTheFirstToken)
{
    for (auto script : {Script().stall(), Script::stream().stall(), Script::stream().openai_text("a").stall()}) {
        World world;
        world.imposter.on(chat, script);
        world.tell(stop_before_the_first_token);
    }
}

TEST(Call, TellsWhyItFailed)
{
    tell_reason(Script::reply(500, ""), "upstream_error");
    tell_reason(Script::reply(429, "{}"), "upstream_rate_limited");
    tell_reason(Script::reply(401, "{}"), "upstream_auth");
    tell_reason(Script::reply(400, R"({"error":{"type":"exceed_context_size_error"}})"), "context_exceeded");
    tell_reason(Script::stream().openai_text("half").cut(), "upstream_cut");
    tell_reason(Script::stream().openai_text("half").end(), "upstream_cut");
    tell_reason(Script::stream().event("nonsense"), "upstream_malformed");
    tell_reason(Script::stream().event(R"({"error":{"code":500}})"), "upstream_error");
    tell_reason(Script().cut(), "upstream_cut");
    tell_reason(Script().raw("not HTTP at all\r\n\r\n"), "upstream_malformed");
}

TEST(Call, TellsWhichTimeRanOut)
{
    tell_reason(Script().stall(), "first_token_timeout", {.first_byte = 50ms});
    tell_reason(Script::stream().stall(), "first_token_timeout", {.first_byte = 50ms});
    tell_reason(Script::stream().openai_text("a").stall(), "stalled", {.between_bytes = 50ms});
    tell_reason(Script::stream().openai_text("a").stall(), "total_timeout", {.total = 100ms});
}

TEST(Inference, AdmitsOnlyWhoMayAndWhatThereIs)
{
    World world;
    world.tell([](World& w) -> Task<> {
        EXPECT_EQ((*admit(w))->facts().model, "m");
        EXPECT_EQ(admit(w, "other").error().reason, "model_not_found");
        auto nobody = w.asker();
        nobody.principal.roles.clear();
        EXPECT_EQ(w.inference->admit(nobody, Purpose::turn, "m", "", "").error().code, Errc::forbidden);
        EXPECT_TRUE(w.inference->models(nobody.principal)->upstreams.empty());
        EXPECT_EQ(w.inference->models(w.asker().principal)->upstreams.size(), 1u);
        co_return;
    });
}
