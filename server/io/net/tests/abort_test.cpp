#include "io/net/abort.hpp"

#include <gtest/gtest.h>

using siyu::http::Abort;

TEST(Abort, CallsEachActionOnceUnlessItWasTakenBack)
{
    Abort abort;
    int kept = 0;
    const auto first = abort.on_trigger([&] { ++kept; });
    const auto second = abort.on_trigger([&] { ++kept; });
    auto taken_back = abort.on_trigger([] { FAIL(); });
    taken_back.reset();
    abort.trigger();
    abort.trigger();
    EXPECT_EQ(kept, 2);
    EXPECT_TRUE(abort.is_triggered());
}

TEST(Abort, CallsAtOnceWhenItIsTooLateToWait)
{
    Abort abort;
    abort.trigger();
    bool called = false;
    const auto hook = abort.on_trigger([&] { called = true; });
    EXPECT_TRUE(called);
}

TEST(Abort, LetsAnActionTakeBackAnother)
{
    Abort abort;
    std::shared_ptr<void> second;
    const auto first = abort.on_trigger([&] { second.reset(); });
    second = abort.on_trigger([] { FAIL(); });
    abort.trigger();
}
