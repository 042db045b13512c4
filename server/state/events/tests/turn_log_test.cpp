#include "state/events/turn_log.hpp"

#include "core/async/task_group.hpp"
#include "state/events/limits.hpp"
#include "testkit/run.hpp"

#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>

#include <thread>

using namespace siyu;
using namespace siyu::events;

namespace {

const TurnId turn{"01900000-0000-7000-8000-0000000000aa"};

/// What a reader has in the end: it does with the events what a page does.
struct Page {
    std::string text;
    std::string reasoning;
    int resets = 0;
    std::vector<Event> events;

    void take(const Event& event)
    {
        if (event.kind == EventKind::reset) {
            text.clear();
            reasoning.clear();
            ++resets;
        }
        text += event.text;
        reasoning += event.reasoning;
        events.push_back(event);
    }
};

Task<Page> read_to_the_end(std::shared_ptr<TurnLog> log, std::optional<Position> after)
{
    Follower follower(log, after, co_await asio::this_coro::executor);
    Page page;
    for (;;) {
        auto batch = co_await follower.next();
        if (!batch || batch->empty())
            co_return page;
        for (const auto& event : *batch)
            page.take(event);
    }
}

std::shared_ptr<TurnLog> ended_log()
{
    auto log = std::make_shared<TurnLog>(turn, 1);
    log->append_status(Phase::reading, "m");
    log->append_delta("one ", "");
    log->append_delta("two", "because");
    log->append_end(TurnState::done, "stop", {}, {});
    return log;
}

} // namespace

TEST(TurnLog, GivesANewReaderEverything)
{
    const auto page = testkit::run(read_to_the_end(ended_log(), std::nullopt));
    EXPECT_EQ(page.text, "one two");
    EXPECT_EQ(page.reasoning, "because");
    EXPECT_EQ(page.resets, 0);
    ASSERT_EQ(page.events.size(), 3u);
    EXPECT_EQ(page.events[1].id.seq, 3); // two deltas in one, numbered as the later
    EXPECT_EQ(page.events[2].kind, EventKind::end);
}

TEST(TurnLog, GoesOnAfterAKnownPosition)
{
    const auto page = testkit::run(read_to_the_end(ended_log(), Position{turn, 1, 2}));
    EXPECT_EQ(page.text, "two");
    EXPECT_EQ(page.resets, 0);
}

TEST(TurnLog, HasNothingMoreAfterTheEnd)
{
    EXPECT_TRUE(testkit::run(read_to_the_end(ended_log(), Position{turn, 1, 4})).events.empty());
}

TEST(TurnLog, ResetsAReaderWhosePositionItDoesNotKnow)
{
    const TurnId other{"01900000-0000-7000-8000-0000000000bb"};
    for (const auto& unknown : {Position{turn, 1, 5}, Position{turn, 2, 1}, Position{other, 1, 1}}) {
        const auto page = testkit::run(read_to_the_end(ended_log(), unknown));
        EXPECT_EQ(page.resets, 1);
        EXPECT_EQ(page.text, "one two");
        ASSERT_EQ(page.events.size(), 2u);
        EXPECT_EQ(page.events[0].id, (Position{turn, 1, 3}));
        EXPECT_EQ(page.events[1].kind, EventKind::end);
    }
}

TEST(TurnLog, ResetsAReaderWhoIsTooSlow)
{
    auto log = std::make_shared<TurnLog>(turn, 1);
    std::string whole;
    for (int i = 0; i < 100; ++i) {
        log->append_delta(std::string(ring_bytes_max / 50, static_cast<char>('a' + i % 26)), "");
        whole += std::string(ring_bytes_max / 50, static_cast<char>('a' + i % 26));
    }
    log->append_end(TurnState::done, "stop", {}, {});

    const auto page = testkit::run(read_to_the_end(log, Position{turn, 1, 1}));
    EXPECT_EQ(page.resets, 1);
    EXPECT_EQ(page.text, whole);
}

TEST(TurnLog, BeginsALaterAttemptWithTheTextOfTheEarlier)
{
    auto log = std::make_shared<TurnLog>(turn, 2, "kept ", "thought");
    log->append_delta("more", "");
    log->append_end(TurnState::done, "stop", {}, {});

    for (const auto& after : {std::optional<Position>(), std::optional(Position{turn, 1, 1})}) {
        const auto page = testkit::run(read_to_the_end(log, after));
        EXPECT_EQ(page.text, "kept more");
        EXPECT_EQ(page.reasoning, "thought");
        EXPECT_EQ(page.resets, 1);
    }
}

TEST(TurnLog, AnswersForATurnThatEndedEarlier)
{
    const auto log =
        TurnLog::stored({.kind = EventKind::end, .id = {turn, 1, 9}, .state = TurnState::interrupted}, "stored", "");
    EXPECT_EQ(testkit::run(read_to_the_end(log, std::nullopt)).text, "stored");
    EXPECT_EQ(testkit::run(read_to_the_end(log, Position{turn, 1, 40})).resets, 1); // beyond what was stored
    const auto page = testkit::run(read_to_the_end(log, Position{turn, 1, 8}));
    EXPECT_EQ(page.resets, 0);
    ASSERT_EQ(page.events.size(), 1u);
    EXPECT_EQ(page.events[0].state, TurnState::interrupted);
}

TEST(TurnLog, SendsReadersOnToTheNextAttempt)
{
    auto first = ended_log();
    auto second = std::make_shared<TurnLog>(turn, 2, "one two", "because");
    second->append_delta(" three", "");
    second->append_end(TurnState::done, "stop", {}, {});
    first->supersede(second);

    const auto page = testkit::run(read_to_the_end(first, std::nullopt));
    EXPECT_EQ(page.text, "one two three");
}

TEST(TurnLog, GivesReadersOnSeveralThreadsTheSameText)
{
    auto log = std::make_shared<TurnLog>(turn, 1);
    std::array<Page, 4> pages;
    std::vector<std::thread> readers;
    for (auto& page : pages)
        readers.emplace_back([&page, log] { page = testkit::run(read_to_the_end(log, std::nullopt)); });
    std::string whole;
    for (int i = 0; i < 20'000; ++i) {
        whole += std::to_string(i) + ' ';
        log->append_delta(std::to_string(i) + ' ', i % 3 == 0 ? "r" : "");
    }
    log->append_end(TurnState::done, "stop", {}, {});
    for (auto& reader : readers)
        reader.join();
    for (const auto& page : pages) {
        EXPECT_EQ(page.text, whole);
        EXPECT_EQ(page.reasoning.size(), 6667u);
        EXPECT_EQ(page.events.back().kind, EventKind::end);
    }
}

namespace {

Task<> read_until_closed(Follower& follower, bool& ended)
{
    const auto batch = co_await follower.next();
    ended = batch && batch->empty();
}

Task<> close_a_waiting_reader(Executor executor, bool& ended)
{
    auto log = std::make_shared<TurnLog>(turn, 1);
    Follower follower(log, std::nullopt, executor);
    async::TaskGroup group(executor, [](auto, auto) { });
    group.spawn("reader", read_until_closed(follower, ended));
    co_await async::sleep_for(std::chrono::milliseconds(1));
    follower.close();
    co_await group.drained();
}

} // namespace

TEST(Follower, EndsWhenItIsClosed)
{
    asio::io_context context(1);
    bool ended = false;
    testkit::run(context, close_a_waiting_reader(context.get_executor(), ended));
    EXPECT_TRUE(ended);
}
