#include "io/net/sse.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using http::SseDecoder;
using http::SseEvent;
using namespace std::string_literals;

namespace {

std::string shown(const std::vector<SseEvent>& events)
{
    std::string text;
    for (const auto& event : events)
        text += "[" + event.id + "|" + event.event + "|" + event.data + "]";
    return text;
}

std::string decode(const std::vector<std::string>& pieces, http::SseLimits limits = {})
{
    SseDecoder decoder(limits);
    std::vector<SseEvent> events;
    for (const auto& piece : pieces)
        if (const auto fed = decoder.feed(piece, events); !fed)
            return shown(events) + std::string(to_string(fed.error().code));
    return shown(events);
}

} // namespace

TEST(SseDecoder, ReadsTheSameHoweverCut)
{
    const std::vector<std::pair<std::string, std::string>> cases{
        {"data: a\n\n", "[||a]"},
        {"data:a\r\n\r\n", "[||a]"},
        {"data: a\r\rdata: b\r\r", "[||a][||b]"},
        {"data: a\r\n\rdata: b\n\r\n", "[||a][||b]"},
        {"data: a\ndata:  b\ndata\n\n", "[||a\n b\n]"},
        {"data\n\n", "[||]"},
        {"\xEF\xBB\xBF"
         "data: bom\n\n",
            "[||bom]"},
        {"data: a\n\n\xEF\xBB\xBF"
         "data: no bom here\n\n",
            "[||a]"},
        {"id: 1\nevent: x\ndata: a\n\ndata: b\n\n", "[1|x|a][1||b]"},
        {"id: 1\ndata: a\n\nid\ndata: b\n\n", "[1||a][||b]"},
        {"id: 1\nid: 2\0\ndata: a\n\n"s, "[1||a]"},
        {": comment\n\nevent: lost\n\ndata: a\n\n", "[||a]"},
        {"retry: 5\nunknown: x\ndata: 你好\n\n", "[||你好]"},
        {"data: a: b\n\n", "[||a: b]"},
        {"data: unfinished\n", ""},
        {"\n\n\n", ""},
    };
    for (const auto& [bytes, expected] : cases) {
        SCOPED_TRACE(bytes);
        EXPECT_EQ(decode({bytes}), expected);
        for (std::size_t cut = 1; cut < bytes.size(); ++cut)
            ASSERT_EQ(decode({bytes.substr(0, cut), bytes.substr(cut)}), expected) << "cut at " << cut;
        std::vector<std::string> single;
        for (const char c : bytes)
            single.emplace_back(1, c);
        EXPECT_EQ(decode(single), expected);
    }
}

TEST(SseDecoder, BoundsLinesAndEvents)
{
    const http::SseLimits limits{.line_bytes_max = 10, .event_bytes_max = 20};
    EXPECT_EQ(decode({"data: 1234\n\n"}, limits), "[||1234]");
    EXPECT_EQ(decode({"data: 12345\n\n"}, limits), "too_large");
    EXPECT_EQ(decode({"data: 1", "2345"}, limits), "too_large");
    EXPECT_EQ(decode({"data: 1234\ndata: 1234\ndata: 1234\ndata: 1234\ndata: 1\n\n"}, limits), "too_large");
}

TEST(SseEncoder, WritesWhatTheDecoderReads)
{
    for (const auto* data : {"", "a", "a\nb", "\n", "你好\n\n: no comment", " leading"}) {
        const SseEvent event{"delta", "t:1:2", data};
        EXPECT_EQ(decode({encode(event)}), shown({event}));
    }
    EXPECT_EQ(http::encode({"", "", "a\r\nb\rc"}), "data: a\ndata: b\ndata: c\n\n");
    EXPECT_EQ(http::encode({"x\ndata: smuggled", "", "a"}), "event: x\ndata: a\n\n");
    EXPECT_EQ(http::encode_comment("still here"), ": still here\n\n");
    EXPECT_EQ(decode({http::encode_comment("two\nlines")}), "");
}
