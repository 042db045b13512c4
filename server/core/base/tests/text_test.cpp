#include "core/base/bytes.hpp"
#include "core/base/id.hpp"
#include "core/base/text.hpp"

#include <gtest/gtest.h>

using namespace siyu;

TEST(IsUtf8, AcceptsWellFormedText)
{
    for (const auto* text : {"", "hello", "私语", "\xf0\x9f\x98\x80", "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf"})
        EXPECT_TRUE(is_utf8(text)) << text;
}

TEST(IsUtf8, RefusesOverlongSurrogateCutAndBeyond)
{
    for (const auto* text : {"\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe7\xa7", "\x80", "\xff"})
        EXPECT_FALSE(is_utf8(text)) << to_hex(as_bytes(text));
}

TEST(Utf8Prefix, NeverEndsInsideACodePoint)
{
    EXPECT_EQ(utf8_prefix("私语", 5), "私");
    EXPECT_EQ(utf8_prefix("私语", 6), "私语");
    EXPECT_EQ(utf8_prefix("私语", 2), "");
}

TEST(Utf8Complete, HoldsBackACutCodePoint)
{
    const std::string text = "a私";
    EXPECT_EQ(utf8_complete(text), 4U);
    EXPECT_EQ(utf8_complete(std::string_view(text).substr(0, 3)), 1U);
    EXPECT_EQ(utf8_complete(std::string_view(text).substr(0, 2)), 1U);
}

TEST(NewUuid, IsVersion7AndCarriesItsTime)
{
    const auto id = new_uuid(from_micros(1'767'225'600'000'000));
    EXPECT_TRUE(is_uuid(id));
    EXPECT_EQ(id[14], '7');
    EXPECT_EQ(id.substr(0, 13), "019b76da-a800");
}

TEST(IsUuid, RefusesOtherForms)
{
    for (const auto* text : {"", "019b76da", "019B76DA-A800-7000-8000-000000000000", "019b76daxa800-7000-8000-000000000000"})
        EXPECT_FALSE(is_uuid(text)) << text;
}

TEST(Base64url, ReadsBackWhatItWrote)
{
    for (const std::string text : {"", "f", "fo", "foo", "foob", "fooba", "\xff\xfe\xfd"}) {
        const auto back = from_base64url(to_base64url(as_bytes(text)));
        ASSERT_TRUE(back);
        EXPECT_EQ(as_text(*back), text);
    }
    EXPECT_FALSE(from_base64url("a"));
    EXPECT_FALSE(from_base64url("a+b="));
}
