#include "core/crypto/sealing.hpp"

#include <gtest/gtest.h>

namespace siyu::crypto {
namespace {

SealPlace somewhere()
{
    return {.tenant = TenantId{"tenant"},
        .table = "messages",
        .column = "sealed",
        .conversation = "conversation",
        .row = "message",
        .revision = 3,
        .level = Level::l3_sensitive};
}

TEST(Sealing, GivesBackWhatWasSealed)
{
    const auto key = SealingKey::make();
    for (const std::string_view text : {"", "x", "你好, world"}) {
        const auto sealed = seal(key, somewhere(), as_bytes(text));
        EXPECT_EQ(sealed.size(), text.size() + sealed_overhead_bytes);
        const auto opened = open(key, somewhere(), sealed);
        ASSERT_TRUE(opened) << opened.error().detail;
        EXPECT_EQ(as_text(*opened), text);
    }
}

TEST(Sealing, MakesUnrelatedBytesOfEqualText)
{
    const auto key = SealingKey::make();
    EXPECT_NE(seal(key, somewhere(), as_bytes("same")), seal(key, somewhere(), as_bytes("same")));
}

TEST(Sealing, OpensOnlyInItsOwnPlace)
{
    const auto key = SealingKey::make();
    const auto sealed = seal(key, somewhere(), as_bytes("text"));
    std::vector<SealPlace> others(8, somewhere());
    others[0].tenant = TenantId{"another"};
    others[1].table = "turn_chunks";
    others[2].column = "meta";
    others[3].conversation = "another";
    others[4].row = "another";
    others[5].revision = 2;
    others[6].level = Level::l2_internal;
    others[7].conversation = "conversationm"; // a letter moved over the border of two fields
    others[7].row = "essage";
    for (std::size_t i = 0; i < others.size(); ++i) {
        const auto opened = open(key, others[i], sealed);
        ASSERT_FALSE(opened) << i;
        EXPECT_EQ(opened.error().code, Errc::corrupt);
        EXPECT_EQ(opened.error().detail.find("text"), std::string::npos);
    }
}

TEST(Sealing, FindsEveryFlippedBitAndEveryCut)
{
    const auto key = SealingKey::make();
    const auto sealed = seal(key, somewhere(), as_bytes("text"));
    for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
        auto changed = sealed;
        changed[i / 8] = static_cast<std::uint8_t>(changed[i / 8] ^ 1U << i % 8);
        EXPECT_FALSE(open(key, somewhere(), changed)) << i;
    }
    for (std::size_t length = 0; length < sealed.size(); ++length)
        EXPECT_FALSE(open(key, somewhere(), ByteView(sealed).first(length))) << length;
}

TEST(Sealing, RefusesAnotherKey)
{
    const auto sealed = seal(SealingKey::make(), somewhere(), as_bytes("text"));
    EXPECT_FALSE(open(SealingKey::make(), somewhere(), sealed));
}

} // namespace
} // namespace siyu::crypto
