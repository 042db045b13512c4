#include "core/observe/trace.hpp"

#include <gtest/gtest.h>

using namespace siyu;

namespace {
const std::string example = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
}

TEST(ParseTraceparent, ReadsTheFourFields)
{
    const auto trace = observe::parse_traceparent(example);
    ASSERT_TRUE(trace);
    EXPECT_EQ(trace->trace_id, "0af7651916cd43dd8448eb211c80319c");
    EXPECT_EQ(trace->span_id, "b7ad6b7169203331");
    EXPECT_TRUE(trace->is_sampled);
    EXPECT_EQ(observe::to_traceparent(*trace), example);
}

TEST(ParseTraceparent, RefusesEveryCut)
{
    for (std::size_t length = 0; length < example.size(); ++length)
        EXPECT_FALSE(observe::parse_traceparent(std::string_view(example).substr(0, length))) << length;
}

TEST(ParseTraceparent, RefusesEveryByteThatDoesNotBelong)
{
    for (std::size_t i = 0; i < example.size(); ++i)
        for (const char c : {'G', '\0', ' ', '\xff'}) {
            auto wrong = example;
            wrong[i] = c;
            EXPECT_FALSE(observe::parse_traceparent(wrong)) << i;
        }
}

TEST(ParseTraceparent, RefusesZeroIdsAndVersionFfAndTakesLaterVersions)
{
    EXPECT_FALSE(observe::parse_traceparent("00-00000000000000000000000000000000-b7ad6b7169203331-01"));
    EXPECT_FALSE(observe::parse_traceparent("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01"));
    EXPECT_FALSE(observe::parse_traceparent("ff" + example.substr(2)));
    EXPECT_FALSE(observe::parse_traceparent(example + "-x"));
    EXPECT_TRUE(observe::parse_traceparent("01" + example.substr(2) + "-later"));
    EXPECT_FALSE(observe::parse_traceparent("01" + example.substr(2) + "later"));
}

TEST(NewTrace, ReadsBackAndDiffersEachTime)
{
    const auto trace = observe::new_trace();
    EXPECT_TRUE(observe::parse_traceparent(observe::to_traceparent(trace)));
    EXPECT_NE(trace.trace_id, observe::new_trace().trace_id);
    const auto child = observe::child_of(trace);
    EXPECT_EQ(child.trace_id, trace.trace_id);
    EXPECT_NE(child.span_id, trace.span_id);
}
