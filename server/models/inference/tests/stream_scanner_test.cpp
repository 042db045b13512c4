#include "models/inference/stream_scanner.hpp"

#include "models/inference/limits.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using namespace siyu::inference;

namespace {

const std::string before_done = "data: {\"choices\":[{\"delta\":{\"content\":\"data: [DONE]\"}}]}\n\n"
                                ": ping\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"b\"}}],\"usage\":null}\r\n\r\n"
                                "data: [DON]\n\n"
                                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\n";

struct Scan {
    std::string relayed;
    StreamScanner scanner;
};

Scan scan(std::vector<std::string_view> pieces)
{
    Scan scan;
    for (const auto piece : pieces)
        scan.relayed += scan.scanner.feed(piece);
    return scan;
}

} // namespace

TEST(StreamScanner, RelaysEveryByteButDoneHoweverItIsCut)
{
    for (const std::string& done : {std::string("data: [DONE]\n\n"), std::string("data:[DONE]\r\n\r\n")}) {
        const std::string whole = before_done + done;
        const std::string_view all = whole;
        for (std::size_t cut = 0; cut <= all.size(); ++cut) {
            const auto result = scan({all.substr(0, cut), all.substr(cut)});
            ASSERT_EQ(result.relayed, before_done) << cut;
            ASSERT_TRUE(result.scanner.is_done());
            ASSERT_EQ(result.scanner.usage().prompt_tokens, 3);
            ASSERT_EQ(result.scanner.usage().completion_tokens, 4);
        }
    }
}

TEST(StreamScanner, HoldsBackOnlyWhatMayBeDone)
{
    StreamScanner scanner;
    EXPECT_EQ(scanner.feed("data: "), "");
    EXPECT_EQ(scanner.feed("{\"x\""), "data: {\"x\"");
    EXPECT_EQ(scanner.feed(":1}\n"), ":1}\n");
    EXPECT_EQ(scanner.feed("\nda"), "\n");
    EXPECT_EQ(scanner.finish(), "da");
    EXPECT_FALSE(scanner.is_done());
}

TEST(StreamScanner, TakesDoneWithoutItsLineEnd)
{
    StreamScanner scanner;
    EXPECT_EQ(scanner.feed("data: [DONE]"), "");
    EXPECT_FALSE(scanner.is_done());
    EXPECT_EQ(scanner.finish(), "");
    EXPECT_TRUE(scanner.is_done());
}

TEST(StreamScanner, RelaysNothingAfterDone)
{
    EXPECT_EQ(scan({"data: [DONE]\n\ndata: more\n\n", "and more"}).relayed, "");
}

TEST(StreamScanner, CountsWithoutUsage)
{
    const auto chunks = scan({"data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"
                              "data: {\"choices\":[{\"delta\":{\"content\":\"b\"}}]}\n\n"});
    EXPECT_EQ(chunks.scanner.usage().completion_tokens, 2);
    const auto timings =
        scan({"data: {\"choices\":[{\"delta\":{}}],\"timings\":{\"prompt_n\":5,\"cache_n\":1,\"predicted_n\":8}}\n\n"});
    EXPECT_EQ(timings.scanner.usage().prompt_tokens, 6);
    EXPECT_EQ(timings.scanner.usage().completion_tokens, 8);
}

TEST(StreamScanner, SeesAnErrorEventButNotTheWordInText)
{
    EXPECT_TRUE(scan({"data: {\"error\":{\"message\":\"x\"}}\n\n"}).scanner.has_error());
    EXPECT_FALSE(scan({"data: {\"choices\":[{\"delta\":{\"content\":\"\\\"error\\\"\"}}]}\n\n"}).scanner.has_error());
}

TEST(StreamScanner, PassesALineThatIsTooLongToRead)
{
    const std::string line = "data: " + std::string(scanned_line_bytes_max * 2, 'x') + "\n\n";
    StreamScanner scanner;
    std::string relayed;
    for (std::size_t i = 0; i < line.size(); i += 65'536)
        relayed += scanner.feed(std::string_view(line).substr(i, 65'536));
    EXPECT_EQ(relayed, line);
    EXPECT_EQ(scanner.feed("data: [DONE]\n"), "");
    EXPECT_TRUE(scanner.is_done());
}
