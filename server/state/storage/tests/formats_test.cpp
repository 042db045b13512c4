#include "core/base/text.hpp"
#include "state/storage/audit_files.hpp"
#include "state/storage/audit_record.hpp"
#include "state/storage/content_codec.hpp"
#include "state/storage/cursor.hpp"

#include <gtest/gtest.h>

namespace siyu::storage {
namespace {

TEST(ContentCodec, GivesBackTextReasoningAndPartsOfTheFuture)
{
    const auto decoded = decode_content(
        as_bytes(R"({"v":1,"parts":[{"type":"image","file":"a"},{"type":"text","text":"你"},{"type":"text","text":"好"},7]})"));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->text, "你好");
    EXPECT_EQ(decoded->unknown_parts.size(), 2U);

    const auto again = decode_content(as_bytes(*encode_content(*decoded)));
    EXPECT_EQ(again->text, "你好");
    EXPECT_EQ(again->unknown_parts, decoded->unknown_parts);
}

TEST(ContentCodec, IsLoudAboutEveryCut)
{
    const auto text = *encode_content({.text = "text", .reasoning = "reasoning", .unknown_parts = {}});
    for (std::size_t length = 0; length < text.size(); ++length) {
        const auto cut = decode_content(as_bytes(text.substr(0, length)));
        ASSERT_FALSE(cut) << length;
        EXPECT_EQ(cut.error().code, Errc::corrupt);
    }
    EXPECT_FALSE(decode_content(as_bytes(R"({"v":2,"parts":[]})")));
    EXPECT_FALSE(decode_content(as_bytes(R"({"parts":[]})")));
    EXPECT_FALSE(decode_content(as_bytes(R"([])")));
}

TEST(CursorText, ComesBackAndIsRefusedWhenCutOrOfAnotherKind)
{
    const auto text = encode_cursor("list", {.numbers = {-1, 42}, .text = "id:with:colons"});
    const auto cursor = decode_cursor("list", 2, text);
    ASSERT_TRUE(cursor);
    EXPECT_EQ(cursor->numbers, (std::vector<std::int64_t>{-1, 42}));
    EXPECT_EQ(cursor->text, "id:with:colons");
    EXPECT_FALSE(decode_cursor("other", 2, text));
    EXPECT_FALSE(decode_cursor("list", 3, text));
    for (std::size_t length = 0; length < 12; ++length)
        EXPECT_FALSE(decode_cursor("list", 2, text.substr(0, length))) << length;
    EXPECT_FALSE(decode_cursor("list", 1, to_base64url(as_bytes("list:007:x"))));
}

TEST(AuditRecordBytes, AreSortedAndStable)
{
    AuditRecord record{.chain = "c", .seq = 7, .event = {}};
    record.event.tenant = TenantId{"t"};
    record.event.at = from_micros(5);
    record.event.action = "turn.end";
    record.event.actor = "system";
    record.event.counts = {{"tokens", 3}, {"bytes", 9}};
    record.event.labels = {{"model", "小"}};
    const auto body = encode_record(record);
    EXPECT_EQ(as_text(body),
        R"({"action":"turn.end","actor":"system","at":5,"chain":"c","counts":{"bytes":9,"tokens":3},"labels":{"model":"小"},)"
        R"("outcome":"success","seq":7,"tenant":"t","v":1})");
    for (std::size_t length = 0; length < body.size(); ++length)
        EXPECT_FALSE(decode_record(ByteView(body).first(length))) << length;
    EXPECT_FALSE(decode_record(as_bytes(R"({"v":1})")));
}

TEST(AuditHeadText, IsRefusedWithAnyBitChangedOrCut)
{
    const crypto::KeyRing keys(crypto::SecretBytes(Bytes(32, 1)));
    const auto text = to_text(keys, {.chain = "01900000-0000-7000-8000-000000000001", .seq = 12, .hash = {}, .checkpoint = 3});
    const auto head = read_head(keys, text);
    ASSERT_TRUE(head);
    EXPECT_EQ(head->seq, 12);
    EXPECT_EQ(head->checkpoint, 3);
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto changed = text;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(read_head(keys, changed)) << i;
        EXPECT_FALSE(read_head(keys, text.substr(0, i))) << i;
    }
    EXPECT_EQ(to_text(keys, {.chain = head->chain, .seq = 999'999'999'999, .hash = {}, .checkpoint = 1}).size(), text.size());
}

TEST(WholeLines, LeaveOutWhatACrashCutOff)
{
    EXPECT_EQ(whole_lines("a\nb\nhalf"), (std::vector<std::string_view>{"a", "b"}));
    EXPECT_TRUE(whole_lines("half").empty());
}

} // namespace
} // namespace siyu::storage
