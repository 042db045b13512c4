#include "core/async/signal.hpp"

#include "core/async/blocking_pool.hpp"
#include "core/async/task_group.hpp"
#include "testkit/run.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using namespace std::chrono_literals;

namespace {

Task<> wait_and_count(async::Signal& signal, std::chrono::steady_clock::duration patience, int& woken)
{
    co_await signal.wait_for(patience);
    ++woken;
}

Task<> wake_two_waiters(Executor executor, int& woken)
{
    async::Signal signal(executor);
    async::TaskGroup group(executor, [](auto, auto) { });
    group.spawn("one", wait_and_count(signal, 1h, woken));
    group.spawn("two", wait_and_count(signal, 2h, woken));
    co_await async::sleep_for(1ms);
    EXPECT_EQ(woken, 0);
    signal.notify();
    co_await group.drained();
}

Task<> fail_loudly()
{
    throw std::runtime_error("broken");
    co_return;
}

Task<> spawn_a_failure(Executor executor, std::string& report)
{
    async::TaskGroup group(
        executor, [&](std::string_view task, std::string_view what) { report = std::string(task) + ": " + std::string(what); });
    group.spawn("worker", fail_loudly());
    co_await group.drained();
}

} // namespace

TEST(Signal, WakesEveryWaiterWhateverItsDeadline)
{
    asio::io_context context(1);
    int woken = 0;
    testkit::run(context, wake_two_waiters(context.get_executor(), woken));
    EXPECT_EQ(woken, 2);
}

TEST(TaskGroup, ReportsAnExceptionWithTheTasksName)
{
    asio::io_context context(1);
    std::string report;
    testkit::run(context, spawn_a_failure(context.get_executor(), report));
    EXPECT_EQ(report, "worker: broken");
}

TEST(BlockingPool, ReturnsTheValueToTheCallersThread)
{
    asio::io_context context(1);
    async::BlockingPool pool(1, 4);
    const auto caller = std::this_thread::get_id();
    const auto worker = testkit::run(context, pool.run([] { return Result<std::thread::id>(std::this_thread::get_id()); }));
    ASSERT_TRUE(worker);
    EXPECT_TRUE(*worker != caller);
}

TEST(BlockingPool, RefusesWhenItsQueueIsFull)
{
    async::BlockingPool pool(1, 0);
    const auto outcome = testkit::run(pool.run([] { return Result<int>(1); }));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, Errc::unavailable);
}
