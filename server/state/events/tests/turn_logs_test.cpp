#include "state/events/turn_logs.hpp"

#include "state/events/limits.hpp"
#include "testkit/fake_clock.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using namespace siyu::events;

namespace {
const TurnId turn{"01900000-0000-7000-8000-0000000000aa"};
}

TEST(TurnLogs, KeepsALogForAWhileAfterItsEnd)
{
    testkit::FakeClock clock;
    TurnLogs logs(clock);
    logs.add(std::make_shared<TurnLog>(turn, 1));
    clock.advance(kept_after_end * 2);
    EXPECT_TRUE(logs.find(turn)); // it runs

    logs.retire(turn);
    clock.advance(kept_after_end);
    EXPECT_TRUE(logs.find(turn));
    clock.advance(std::chrono::seconds(1));
    EXPECT_FALSE(logs.find(turn));
}

TEST(TurnLogs, DoesNotDropTheAttemptThatFollowed)
{
    testkit::FakeClock clock;
    TurnLogs logs(clock);
    logs.add(std::make_shared<TurnLog>(turn, 1));
    logs.retire(turn);
    logs.add(std::make_shared<TurnLog>(turn, 2));
    clock.advance(kept_after_end * 2);
    ASSERT_TRUE(logs.find(turn));
    EXPECT_EQ(logs.find(turn)->attempt(), 2);
}

TEST(TurnLogs, HoldsOnlySoManyThatEnded)
{
    testkit::FakeClock clock;
    TurnLogs logs(clock);
    for (std::size_t i = 0; i < ended_max + 10; ++i) {
        const auto id = TurnId::make(clock.now());
        logs.add(std::make_shared<TurnLog>(id, 1));
        logs.retire(id);
    }
    EXPECT_EQ(logs.size(), ended_max);
}
