#include "state/events/event.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

using namespace siyu;
using namespace siyu::events;

namespace {
const TurnId turn{"01900000-0000-7000-8000-0000000000aa"};
}

TEST(Position, IsReadAsItIsWritten)
{
    const Position position{turn, 2, 17};
    EXPECT_EQ(position.to_string(), turn.text + ":2:17");
    const auto parsed = Position::parse(position.to_string());
    ASSERT_TRUE(parsed);
    EXPECT_EQ(*parsed, position);
}

TEST(Position, RefusesWhatIsNone)
{
    for (const std::string& bad : {std::string(), std::string(turn.text), turn.text + ":1",
             turn.text + ":1:", turn.text + ":0:1", turn.text + ":1:-1", turn.text + ":1:1:1",
             turn.text + ":1:99999999999999999999", std::string("x:1:1"), turn.text + ":1:1 ", turn.text + ":+1:1"}) {
        const auto parsed = Position::parse(bad);
        ASSERT_FALSE(parsed) << bad;
        EXPECT_EQ(parsed.error().reason, "bad_position");
    }
}

TEST(Event, TakesTheFormsOfTheContract)
{
    const Event delta{.kind = EventKind::delta, .id = {turn, 1, 3}, .text = "你\n好"};
    EXPECT_EQ(delta.to_sse(), "id: " + turn.text + ":1:3\nevent: delta\ndata: {\"text\":\"你\\n好\"}\n\n");
    EXPECT_EQ(boost::json::serialize(delta.to_json()), R"({"event":"delta","id":")" + turn.text + R"(:1:3","text":"你\n好"})");

    const Event end{.kind = EventKind::end, .id = {turn, 1, 4}, .state = TurnState::failed, .problem = {{"code", "timeout"}}};
    EXPECT_EQ(end.to_sse(),
        "id: " + turn.text + ":1:4\nevent: end\ndata: {\"state\":\"failed\",\"problem\":{\"code\":\"timeout\"}}\n\n");

    const Event status{.kind = EventKind::status, .id = {turn, 1, 1}, .phase = Phase::reading, .model = "m"};
    EXPECT_EQ(status.to_sse(), "id: " + turn.text + ":1:1\nevent: status\ndata: {\"phase\":\"reading\",\"model\":\"m\"}\n\n");

    const Event reset{.kind = EventKind::reset, .id = {turn, 1, 0}};
    EXPECT_EQ(reset.to_sse(), "id: " + turn.text + ":1:0\nevent: reset\ndata: {\"text\":\"\",\"reasoning\":\"\"}\n\n");
}
