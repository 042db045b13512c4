#include "models/inference/tests/fakes.hpp"

#include <boost/json/parse.hpp>

using namespace siyu;
using namespace siyu::inference;
using namespace std::chrono_literals;
using testkit::Script;

namespace {

constexpr auto chat = "/v1/chat/completions";
const std::string streamed = R"({"model":"m","messages":[{"role":"user","content":"secret question"}],"stream":true})";
const std::string whole = R"({ "messages":[],  "model" : "m" })";
using Names = std::vector<std::string>;

struct Answer {
    int status = 0;
    std::string body;
    http::Headers headers;
    bool is_cut = false;
};

Task<Answer> ask(World& world, std::string body, std::shared_ptr<http::Abort> left = std::make_shared<http::Abort>())
{
    auto response = co_await world.inference->relay({world.asker(), std::move(body), std::move(left)});
    Answer answer{response.status, response.body, response.headers};
    while (response.source) {
        auto piece = co_await response.source->next();
        answer.is_cut = !piece;
        if (!piece || !*piece)
            break;
        answer.body += **piece;
    }
    co_return answer;
}

std::string code_of(std::string_view body)
{
    const auto start = body.rfind("{\"error\"");
    const auto value = boost::json::parse(std::string(body.substr(start, body.find("\n\n", start) - start)));
    return std::string(value.at("error").at("code").as_string());
}

Task<> relay_a_stream(World& world)
{
    const auto answer = co_await ask(world, streamed);
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.body.contains("你"));
    EXPECT_TRUE(answer.body.ends_with("data: [DONE]\n\n"));
    EXPECT_EQ(world.journal.actions(), (Names{"v1.call.start", "v1.call.end"}));
    EXPECT_EQ(world.journal.changes, 1u); // the usage
    EXPECT_GT(world.journal.events[1].counts["completion_tokens"], 0);
    EXPECT_EQ(world.journal.events[1].labels["model"], "m");
    EXPECT_EQ(world.imposter.requests().back().body, streamed);
    EXPECT_EQ(world.imposter.requests().back().header("Authorization"), "Bearer secret");
}

Task<> relay_whole(World& world)
{
    const auto answer = co_await ask(world, whole, nullptr);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, R"({"id":"x","usage":{"prompt_tokens":5,"completion_tokens":6}})");
    EXPECT_EQ(world.journal.events.at(1).counts["prompt_tokens"], 5);
    EXPECT_EQ(world.imposter.requests().back().body, whole);
}

Task<> see_it_cut(World& world)
{
    const auto answer = co_await ask(world, streamed);
    EXPECT_TRUE(answer.body.contains("half"));
    EXPECT_FALSE(answer.body.contains("[DONE]"));
    EXPECT_EQ(code_of(answer.body), "upstream_cut");
    EXPECT_EQ(world.journal.actions(), (Names{"v1.call.start", "v1.call.end upstream_cut"}));
}

Task<> send_nothing_unrecorded(World& world)
{
    world.journal.refuse = [](const auto&) { return true; };
    const auto answer = co_await ask(world, streamed);
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(code_of(answer.body), "not_recorded");
    EXPECT_FALSE(answer.body.contains("你"));
}

Task<> say_no_done_unrecorded(World& world)
{
    world.journal.refuse = [](const storage::Commit& commit) { return commit.events[0].action == "v1.call.end"; };
    const auto answer = co_await ask(world, streamed);
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.body.contains("[DONE]"));
    EXPECT_EQ(code_of(answer.body), "not_recorded");
    const auto second = co_await ask(world, whole);
    EXPECT_EQ(second.status, 503);
    world.journal.refuse = nullptr; // then both are written after all
    co_await world.inference->stop();
    EXPECT_EQ(world.journal.actions(), (Names{"v1.call.start", "v1.call.start", "v1.call.end", "v1.call.end"}));
}

Task<> leave_after(World& world, std::size_t requests, std::shared_ptr<http::Abort> left)
{
    while (world.imposter.requests().size() < requests)
        co_await async::sleep_for(1ms);
    left->trigger();
}

Task<> leave_before_the_first_token(World& world)
{
    for (const auto& body : {streamed, whole}) {
        auto left = std::make_shared<http::Abort>();
        async::TaskGroup group(world.context.get_executor(), World::report());
        const auto seen = world.imposter.left();
        group.spawn("leave", leave_after(world, world.imposter.requests().size() + 1, left));
        const auto answer = co_await ask(world, body, left);
        co_await group.drained();
        EXPECT_EQ(answer.status, 499);
        EXPECT_TRUE(world.imposter.wait_for_left(seen + 1));
        co_await world.inference->stop();
    }
    EXPECT_EQ(
        world.journal.actions(), (Names{"v1.call.start", "v1.call.end cancelled", "v1.call.start", "v1.call.end cancelled"}));
}

/// The header has come, the text has not.
Task<> leave_a_silent_stream(World& world)
{
    auto left = std::make_shared<http::Abort>();
    auto response = co_await world.inference->relay({world.asker(), streamed, left});
    EXPECT_EQ(response.status, 200);
    left->trigger();
    EXPECT_FALSE(co_await response.source->next());
    EXPECT_TRUE(world.imposter.wait_for_left(1));
    co_await world.inference->stop();
    EXPECT_EQ(world.journal.actions(), (Names{"v1.call.start", "v1.call.end cancelled"}));
}

Task<> leave_in_the_middle(World& world)
{
    auto response = co_await world.inference->relay({world.asker(), streamed, std::make_shared<http::Abort>()});
    const auto first = co_await response.source->next();
    EXPECT_TRUE(first && *first);
    response.source->abandon();
    response.source.reset();
    EXPECT_TRUE(world.imposter.wait_for_left(1));
    co_await world.inference->stop();
    EXPECT_EQ(world.journal.actions(), (Names{"v1.call.start", "v1.call.end cancelled"}));
}

Task<> relay_errors(World& world)
{
    const auto own = co_await ask(world, whole); // 429
    EXPECT_EQ(own.status, 429);
    EXPECT_EQ(own.headers.find("Retry-After"), "7");
    EXPECT_EQ(own.body, R"({"error":{"message":"slow","type":"t","code":"c"}})");
    const auto broken = co_await ask(world, whole); // 500 without OpenAI's shape
    EXPECT_EQ(broken.status, 500);
    EXPECT_EQ(code_of(broken.body), "upstream_error");
    const auto key = co_await ask(world, streamed); // 401 is about our key
    EXPECT_EQ(key.status, 502);
    EXPECT_EQ(code_of(key.body), "upstream_auth");
    EXPECT_FALSE(key.body.contains("sk-"));
    const auto bad = co_await ask(world, streamed); // 400
    EXPECT_EQ(bad.status, 400);
    EXPECT_TRUE(bad.body.contains("their words"));
    EXPECT_EQ(world.journal.actions(),
        (Names{"v1.call.start", "v1.call.end upstream_rate_limited", "v1.call.start", "v1.call.end upstream_error",
            "v1.call.start", "v1.call.end upstream_auth", "v1.call.start", "v1.call.end upstream_refused"}));
}

Task<> refuse_before_sending(World& world)
{
    const auto unknown = co_await ask(world, R"({"model":"other","messages":[]})");
    EXPECT_EQ(unknown.status, 404);
    EXPECT_EQ(code_of(unknown.body), "model_not_found");
    const auto twice = co_await ask(world, R"({"model":"m","model":"m","messages":[]})");
    EXPECT_EQ(twice.status, 400);
    EXPECT_EQ(code_of(twice.body), "duplicate_key");
    auto nobody = world.asker();
    nobody.principal.roles.clear();
    const auto denied = co_await world.inference->relay({nobody, whole, nullptr});
    EXPECT_EQ(denied.status, 403);
    EXPECT_EQ(world.imposter.requests().size(), 1u); // for the models
    EXPECT_TRUE(world.journal.actions().empty());
}

Task<> hold_one(World& world, Answer& answer)
{
    answer = co_await ask(world, whole);
}

Task<> crowd(World& world)
{
    std::array<Answer, 2> served;
    async::TaskGroup group(world.context.get_executor(), World::report());
    group.spawn("first", hold_one(world, served[0]));
    group.spawn("second", hold_one(world, served[1]));
    while (world.imposter.requests().size() < 2)
        co_await async::sleep_for(1ms);
    const auto third = co_await ask(world, whole);
    EXPECT_EQ(third.status, 429);
    EXPECT_EQ(code_of(third.body), "model_queue_full");
    EXPECT_EQ(world.imposter.requests().size(), 2u); // the second waits
    world.imposter.open("go");
    co_await group.drained();
    EXPECT_EQ(served[0].status, 200);
    EXPECT_EQ(served[1].status, 200);
}

} // namespace

TEST(Relay, PassesAStreamOnAndRecordsIt)
{
    World world;
    world.imposter.on(chat, Script::openai({"你", "好"}));
    world.tell(relay_a_stream);
}

TEST(Relay, PassesAWholeAnswerOn)
{
    World world;
    world.imposter.on(chat, Script::reply(200, R"({"id":"x","usage":{"prompt_tokens":5,"completion_tokens":6}})"));
    world.tell(relay_whole);
}

TEST(Relay, EndsACutStreamWithAnError)
{
    World world;
    world.imposter.on(chat, Script::stream().openai_text("half").cut());
    world.tell(see_it_cut);
    World ended_early;
    ended_early.imposter.on(chat, Script::stream().openai_text("half").end());
    ended_early.tell(see_it_cut);
}

TEST(Relay, GivesNothingOfACallThatIsNotRecorded)
{
    World world;
    world.imposter.on(chat, Script::openai({"你", "好"}));
    world.tell(send_nothing_unrecorded);
}

TEST(Relay, SaysNoDoneWhenTheEndIsNotRecorded)
{
    World world;
    world.imposter.on(chat, {Script::openai({"a"}), Script::reply(200, "{}")});
    world.tell(say_no_done_unrecorded);
}

TEST(Relay, StopsTheModelWhenTheClientLeavesBeforeTheFirstToken)
{
    World world;
    world.imposter.on(chat, Script().stall());
    world.tell(leave_before_the_first_token);
}

TEST(Relay, StopsTheModelWhenTheClientLeavesASilentStream)
{
    World world;
    world.imposter.on(chat, Script::stream().stall());
    world.tell(leave_a_silent_stream);
}

TEST(Relay, StopsTheModelWhenTheClientLeavesInTheMiddle)
{
    World world;
    world.imposter.on(chat, Script::stream().openai_text("a").stall());
    world.tell(leave_in_the_middle);
}

TEST(Relay, PassesErrorsOnWithTheirClass)
{
    World world;
    world.imposter.on(chat,
        {Script::reply(
             429, R"({"error":{"message":"slow","type":"t","code":"c"}})", "application/json", {{"Retry-After", "7"}}),
            Script::reply(500, "<html>", "text/html"), Script::reply(401, R"({"error":{"message":"bad key sk-1"}})"),
            Script::reply(400, R"({"error":{"message":"their words"}})")});
    world.tell(relay_errors);
}

TEST(Relay, RefusesWithoutSending)
{
    World world;
    world.tell(refuse_before_sending);
}

TEST(Relay, LetsOnlySoManyWait)
{
    World world;
    auto script = Script().gate("go").raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    world.imposter.on(chat, script);
    world.tell(crowd);
}
