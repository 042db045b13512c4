#include "io/net/chunked.hpp"

#include <gtest/gtest.h>

using siyu::http::ChunkedReader;

namespace {

std::string read(const std::vector<std::string>& pieces)
{
    ChunkedReader reader(20);
    std::string body;
    for (const auto& piece : pieces) {
        const auto step = reader.feed(piece, body);
        switch (step.status) {
        case ChunkedReader::Status::more: break;
        case ChunkedReader::Status::bad: return "bad";
        case ChunkedReader::Status::too_large: return "too large";
        case ChunkedReader::Status::done: return "\"" + body + "\"";
        }
    }
    return "more";
}

} // namespace

TEST(ChunkedReader, ReadsOrRefusesHoweverCut)
{
    const std::string extension = ";" + std::string(300, 'x');
    const std::vector<std::pair<std::string, std::string>> cases{
        {"0\r\n\r\n", "\"\""},
        {"5\r\nhello\r\n0\r\n\r\n", "\"hello\""},
        {"5\r\nhello\r\nA\r\n, world!!!\r\n0\r\n\r\n", "\"hello, world!!!\""},
        {"2;name=value;x=\"y\"\r\nab\r\n0;last\r\n\r\n", "\"ab\""},
        {"2\r\nab\r\n0\r\nTrailer: x\r\nContent-Length: 5\r\n\r\n", "\"ab\""},
        {"000002\r\n\r\n\r\n0\r\n\r\n", "\"\r\n\""},
        {"14\r\n12345678901234567890\r\n0\r\n\r\n", "\"12345678901234567890\""},
        {"15\r\n123456789012345678901\r\n0\r\n\r\n", "too large"},
        {"14\r\n12345678901234567890\r\n1\r\nx\r\n0\r\n\r\n", "too large"},
        {"FFFFFFFFFFFFFFFF\r\n", "too large"},
        {"10000000000000000\r\n", "too large"},
        {"ffffffffffffffffffffffff\r\n", "too large"},
        {"\r\n", "bad"},
        {"g\r\n", "bad"},
        {"+2\r\nab\r\n", "bad"},
        {"-1\r\n", "bad"},
        {"0x2\r\nab\r\n", "bad"},
        {" 2\r\nab\r\n", "bad"},
        {"2 \r\nab\r\n", "bad"},
        {"2\nab\r\n", "bad"},
        {"2\r\nabc\r\n", "bad"},
        {"2\r\nab\n", "bad"},
        {"2\r\nab0\r\n\r\n", "bad"},
        {"2;a\rb\r\nab\r\n", "bad"},
        {"2;a\nb\r\nab\r\n", "bad"},
        {"2" + extension + "\r\n", "bad"},
        {"0\r\nbad trailer\r\n\r\n", "bad"},
        {"0\r\nX: y\r\n folded\r\n\r\n", "bad"},
        {"0\r\nX : y\r\n\r\n", "bad"},
        {"0\r\nX: y\n\r\n", "bad"},
        {"5\r\nhel", "more"},
        {"5\r\nhello\r\n", "more"},
        {"0\r\n", "more"},
    };
    for (const auto& [bytes, expected] : cases) {
        SCOPED_TRACE(bytes);
        EXPECT_EQ(read({bytes}), expected);
        for (std::size_t cut = 1; cut < bytes.size(); ++cut)
            ASSERT_EQ(read({bytes.substr(0, cut), bytes.substr(cut)}), expected) << "cut at " << cut;
    }
}

TEST(ChunkedReader, BoundsExtensionsAndTrailersOfTheWholeBody)
{
    std::string extensions;
    for (int i = 0; i < 18; ++i)
        extensions += "1;" + std::string(240, 'x') + "\r\na\r\n";
    EXPECT_EQ(read({extensions + "0\r\n\r\n"}), "bad");

    std::string trailers = "0\r\n";
    for (int i = 0; i < 40; ++i)
        trailers += "X: y\r\n";
    EXPECT_EQ(read({trailers + "\r\n"}), "bad");
    EXPECT_EQ(read({"0\r\nX: " + std::string(9000, 'y') + "\r\n\r\n"}), "bad");
}
