#include "trust/policy/rate_limit.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using namespace std::chrono_literals;
using policy::RateLimiter;

namespace {
const RateLimiter::Instant start{};
}

TEST(RateLimiter, AllowsABurstThenTellsHowLongToWait)
{
    RateLimiter limiter({.per_second = 2, .burst = 3}, 100);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(limiter.take("a", start), std::nullopt);
    EXPECT_EQ(limiter.take("a", start), 500ms);
    EXPECT_EQ(limiter.take("a", start + 250ms), 250ms);
    EXPECT_EQ(limiter.take("a", start + 500ms), std::nullopt);
}

TEST(RateLimiter, KeepsKeysApart)
{
    RateLimiter limiter({.per_second = 1, .burst = 1}, 100);
    EXPECT_EQ(limiter.take("a", start), std::nullopt);
    EXPECT_EQ(limiter.take("b", start), std::nullopt);
    EXPECT_NE(limiter.take("a", start), std::nullopt);
}

TEST(RateLimiter, SavesNoMoreThanABurst)
{
    RateLimiter limiter({.per_second = 10, .burst = 2}, 100);
    limiter.take("a", start);
    const auto later = start + 1h;
    EXPECT_EQ(limiter.take("a", later), std::nullopt);
    EXPECT_EQ(limiter.take("a", later), std::nullopt);
    EXPECT_NE(limiter.take("a", later), std::nullopt);
}

TEST(RateLimiter, StaysWithinItsBoundAndKeepsWhatIsInUse)
{
    RateLimiter limiter({.per_second = 0.001, .burst = 1}, 160);
    limiter.take("in use", start);
    for (int i = 0; i < 10'000; ++i) {
        limiter.take("flood " + std::to_string(i), start);
        EXPECT_NE(limiter.take("in use", start), std::nullopt);
    }
    EXPECT_LE(limiter.size(), 160U);
}

TEST(RateLimiter, LimitsNothingAtZero)
{
    RateLimiter limiter({}, 10);
    for (int i = 0; i < 1'000; ++i)
        EXPECT_EQ(limiter.take("a", start), std::nullopt);
}

TEST(RateKeyOfAddress, TakesAnIpv6NetworkForOneCaller)
{
    EXPECT_EQ(policy::rate_key_of_address("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(policy::rate_key_of_address("::ffff:192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(policy::rate_key_of_address("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(policy::rate_key_of_address("2001:db8:1:2:ffff::"), "2001:db8:1:2::/64");
    EXPECT_EQ(policy::rate_key_of_address("odd"), "odd");
}
