#include "core/async/timer_wheel.hpp"

#include "core/async/signal.hpp"
#include "testkit/run.hpp"

#include <gtest/gtest.h>

#include <memory>

using namespace siyu;
using namespace std::chrono_literals;

namespace {

class HandWheel final : public async::TimerWheel {
public:
    void advance(std::chrono::milliseconds by)
    {
        const auto end = time_ + by;
        while (wake_ && *wake_ <= end) {
            time_ = *wake_;
            wake_.reset();
            ++wakes;
            expire();
        }
        time_ = end;
    }
    int wakes = 0;

private:
    TimePoint now() const override { return time_; }
    void wake_at(TimePoint time) override { wake_ = time; }

    TimePoint time_{1h};
    std::optional<TimePoint> wake_;
};

} // namespace

TEST(TimerWheel, FiresOnceAfterItsTimeAndNeverBefore)
{
    for (const auto after : {0ms, 1ms, 19ms, 20ms, 1000ms, 10240ms, 30000ms, 120000ms}) {
        HandWheel wheel;
        int fired = 0;
        async::Timer timer(wheel, [&] { ++fired; });
        timer.set(after);
        if (after > 0ms)
            wheel.advance(after - 1ms);
        EXPECT_EQ(fired, 0) << after.count();
        wheel.advance(41ms);
        EXPECT_EQ(fired, 1) << after.count();
        EXPECT_FALSE(timer.is_set());
        wheel.advance(300s);
        EXPECT_EQ(fired, 1) << after.count();
    }
}

TEST(TimerWheel, ForgetsWhatIsClearedReplacedOrGone)
{
    HandWheel wheel;
    int cleared = 0;
    int replaced = 0;
    async::Timer first(wheel, [&] { ++cleared; });
    async::Timer second(wheel, [&] { ++replaced; });
    first.set(100ms);
    second.set(100ms);
    second.set(500ms);
    {
        async::Timer gone(wheel, [] { FAIL(); });
        gone.set(100ms);
    }
    first.clear();
    wheel.advance(300ms);
    EXPECT_EQ(replaced, 0);
    wheel.advance(300ms);
    EXPECT_EQ(cleared, 0);
    EXPECT_EQ(replaced, 1);
    EXPECT_EQ(wheel.size(), 0u);
}

TEST(TimerWheel, ActionsMaySetAndDestroyTimersOfTheSameSlot)
{
    HandWheel wheel;
    int again = 0;
    std::unique_ptr<async::Timer> victim;
    std::unique_ptr<async::Timer> repeating;
    async::Timer killer(wheel, [&] { victim.reset(); });
    victim = std::make_unique<async::Timer>(wheel, [] { FAIL(); });
    repeating = std::make_unique<async::Timer>(wheel, [&] {
        if (++again < 3)
            repeating->set(0ms);
    });
    killer.set(50ms);
    victim->set(50ms);
    repeating->set(50ms);
    wheel.advance(1s);
    EXPECT_FALSE(victim);
    EXPECT_EQ(again, 3);
}

TEST(TimerWheel, TakesAnEarlierTimerWhileALaterOneWaits)
{
    HandWheel wheel;
    std::string order;
    async::Timer late(wheel, [&] { order += "late "; });
    async::Timer early(wheel, [&] { order += "early "; });
    late.set(60s);
    wheel.advance(5s);
    early.set(100ms);
    wheel.advance(200ms);
    EXPECT_EQ(order, "early ");
    wheel.advance(60s);
    EXPECT_EQ(order, "early late ");
    EXPECT_LT(wheel.wakes, 20); // it does not tick when nothing is due
}

namespace {

Task<> set_and_wait(asio::io_context& context, bool& fired)
{
    async::Timer timer(async::timers_of(context.get_executor()), [&] { fired = true; });
    timer.set(5ms);
    while (!fired)
        co_await async::sleep_for(1ms);
}

} // namespace

TEST(TimerWheel, IsDrivenByTheLoopOfItsThread)
{
    asio::io_context context(1);
    bool fired = false;
    testkit::run(context, set_and_wait(context, fired));
    EXPECT_TRUE(fired);
}
