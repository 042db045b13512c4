#include "core/base/json.hpp"

#include <gtest/gtest.h>

using namespace siyu;

TEST(ParseJson, ReadsNestedValues)
{
    const auto value = parse_json(R"( {"a":[1,2,{"b":"私语"}],"c":null} )");
    ASSERT_TRUE(value);
    EXPECT_EQ(value->at("a").at(2).at("b").as_string(), "私语");
}

TEST(ParseJson, RefusesTheSameNameTwiceHoweverItIsWritten)
{
    for (const auto* text : {R"({"a":1,"a":2})", R"([{"x":{"model":1,"b":2,"mod\u0065l":3}}])"}) {
        const auto value = parse_json(text);
        ASSERT_FALSE(value) << text;
        EXPECT_EQ(value.error().reason, "duplicate_key");
    }
    EXPECT_TRUE(parse_json(R"({"a":{"a":1},"b":[{"a":1},{"a":2}]})"));
}

TEST(ParseJson, RefusesWhatAnotherReaderMightTakeDifferently)
{
    for (const std::string text : {"", "{", "{}x", "{} {}", "\"\\ud800\"", "\"\\udc00x\"", "\"\xff\"", "\"\xc0\x80\"",
             "{\"a\":1,}", "[1,]", "{'a':1}", "// c\n{}", "NaN", "01", "\"\n\"", "{\"a\" 1}"})
        EXPECT_FALSE(parse_json(text)) << text;
}

TEST(ParseJson, BoundsTheDepth)
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_TRUE(parse_json(nested(json_depth_max)));
    EXPECT_FALSE(parse_json(nested(json_depth_max + 1)));
    EXPECT_FALSE(parse_json(nested(100'000)));
}
