#include "models/llm/slots.hpp"

#include "core/async/task_group.hpp"
#include "testkit/run.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using namespace std::chrono_literals;

namespace {

constexpr auto never = std::chrono::steady_clock::time_point::max();

Task<> take_and_note(std::shared_ptr<llm::Slots> slots, int number, std::vector<int>& order)
{
    const auto slot = co_await slots->acquire(nullptr, never);
    EXPECT_TRUE(slot);
    order.push_back(number);
}

Task<> serve_in_order(Executor executor, std::vector<int>& order)
{
    auto slots = std::make_shared<llm::Slots>(1, 10);
    async::TaskGroup group(executor, [](auto, auto) { });
    {
        const auto held = co_await slots->acquire(nullptr, never);
        EXPECT_TRUE(held);
        EXPECT_FALSE(slots->is_idle());
        for (int i = 0; i < 5; ++i)
            group.spawn("waiter", take_and_note(slots, i, order));
        co_await async::sleep_for(1ms);
        EXPECT_EQ(slots->waiting(), 5u);
        EXPECT_TRUE(order.empty());
    }
    co_await group.drained();
    EXPECT_TRUE(slots->is_idle());
    EXPECT_EQ(slots->running(), 0u);
}

Task<> refuse_when_full()
{
    auto slots = std::make_shared<llm::Slots>(1, 0);
    const auto held = co_await slots->acquire(nullptr, never);
    const auto refused = co_await slots->acquire(nullptr, never);
    EXPECT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "model_queue_full");
}

Task<> abort_it(std::shared_ptr<http::Abort> abort)
{
    co_await async::sleep_for(1ms);
    abort->trigger();
}

Task<> leave_the_queue(Executor executor)
{
    auto slots = std::make_shared<llm::Slots>(1, 10);
    const auto held = co_await slots->acquire(nullptr, never);
    auto abort = std::make_shared<http::Abort>();
    async::TaskGroup group(executor, [](auto, auto) { });
    group.spawn("abort", abort_it(abort));
    const auto left = co_await slots->acquire(abort, never);
    EXPECT_FALSE(left);
    EXPECT_EQ(left.error().code, Errc::cancelled);
    EXPECT_EQ(slots->waiting(), 0u);
    const auto late = co_await slots->acquire(nullptr, std::chrono::steady_clock::now() + 1ms);
    EXPECT_FALSE(late);
    EXPECT_EQ(late.error().reason, "slot_timeout");
    EXPECT_EQ(slots->waiting(), 0u);
    co_await group.drained();
}

Task<> grow(Executor executor, std::vector<int>& order)
{
    auto slots = std::make_shared<llm::Slots>(1, 10);
    const auto held = co_await slots->acquire(nullptr, never);
    async::TaskGroup group(executor, [](auto, auto) { });
    group.spawn("waiter", take_and_note(slots, 1, order));
    slots->set_running_max(2);
    co_await group.drained();
}

} // namespace

TEST(Slots, ServeThoseWhoWaitInTheirOrder)
{
    asio::io_context context(1);
    std::vector<int> order;
    testkit::run(context, serve_in_order(context.get_executor(), order));
    EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4}));
}

TEST(Slots, RefuseMoreThanMayWait)
{
    asio::io_context context(1);
    testkit::run(context, refuse_when_full());
}

TEST(Slots, ForgetThoseWhoLeftOrWereTooLate)
{
    asio::io_context context(1);
    testkit::run(context, leave_the_queue(context.get_executor()));
}

TEST(Slots, GrowWithTheUpstream)
{
    asio::io_context context(1);
    std::vector<int> order;
    testkit::run(context, grow(context.get_executor(), order));
    EXPECT_EQ(order, std::vector{1});
}
