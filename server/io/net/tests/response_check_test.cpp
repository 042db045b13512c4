#include "io/net/response_check.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using http::ResponseHeadReader;

namespace {

std::string read(const std::vector<std::string>& pieces, bool is_head = false)
{
    ResponseHeadReader reader({.start_line_bytes_max = 100, .fields_max = 4, .bytes_max = 200}, is_head);
    for (const auto& piece : pieces) {
        const auto step = reader.feed(piece);
        if (step.status == ResponseHeadReader::Status::refused)
            return "refused";
        if (step.status == ResponseHeadReader::Status::more)
            continue;
        const auto& head = reader.head();
        auto text = std::to_string(head.status);
        switch (head.framing) {
        case http::Framing::none: text += " none"; break;
        case http::Framing::length: text += " length=" + std::to_string(head.content_length); break;
        case http::Framing::chunked: text += " chunked"; break;
        case http::Framing::until_close: text += " until_close"; break;
        }
        return text + (head.keep_alive ? "" : " close");
    }
    return "more";
}

} // namespace

TEST(ResponseHeadReader, ReadsOrRefusesHoweverCut)
{
    const std::string ok = "HTTP/1.1 200 OK\r\n";
    const std::vector<std::pair<std::string, std::string>> cases{
        {ok + "Content-Length: 3\r\n\r\n", "200 length=3"},
        {ok + "Transfer-Encoding: chunked\r\n\r\n", "200 chunked"},
        {ok + "\r\n", "200 until_close close"},
        {ok + "Connection: close\r\nContent-Length: 3\r\n\r\n", "200 length=3 close"},
        {"HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\n", "200 length=3 close"},
        {"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", "200 length=0"},
        {"HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n", "404 length=0"},
        {"HTTP/1.1 204 No\r\n\r\n", "204 none"},
        {"HTTP/1.1 304 No\r\nContent-Length: 7\r\n\r\n", "304 none"},
        {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + ok + "Content-Length: 1\r\n\r\n",
            "200 length=1"},
        {"HTTP/1.1 101 Switch\r\n\r\n", "refused"},
        {"HTTP/2.0 200 OK\r\n\r\n", "refused"},
        {"HTTP/1.1 099 OK\r\n\r\n", "refused"},
        {"HTTP/1.1 600 OK\r\n\r\n", "refused"},
        {"HTTP/1.1 2x0 OK\r\n\r\n", "refused"},
        {"HTTP/1.1 2000 OK\r\n\r\n", "refused"},
        {"HTTP/1.1  200 OK\r\n\r\n", "refused"},
        {"ICY 200 OK\r\n\r\n", "refused"},
        {"<html>\r\n\r\n", "refused"},
        {"\r\n" + ok + "\r\n", "refused"},
        {"HTTP/1.1 200 OK\nContent-Length: 3\n\n", "refused"},
        {ok + "Content-Length: 3, 3\r\n\r\n", "refused"},
        {ok + "Content-Length: 3\r\nContent-Length: 3\r\n\r\n", "refused"},
        {ok + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", "refused"},
        {ok + "Transfer-Encoding: gzip, chunked\r\n\r\n", "refused"},
        {ok + "X: a\r\n b\r\n\r\n", "refused"},
        {ok + "X : a\r\n\r\n", "refused"},
        {ok + "A:\r\nB:\r\nC:\r\nD:\r\nE:\r\n\r\n", "refused"},
        {ok + "X: " + std::string(250, 'a') + "\r\n\r\n", "refused"},
        {ok + "Content-Length: 3\r\n", "more"},
    };
    for (const auto& [bytes, expected] : cases) {
        SCOPED_TRACE(bytes);
        EXPECT_EQ(read({bytes}), expected);
        for (std::size_t cut = 1; cut < bytes.size(); ++cut)
            ASSERT_EQ(read({bytes.substr(0, cut), bytes.substr(cut)}), expected) << "cut at " << cut;
    }
}

TEST(ResponseHeadReader, KnowsThatTheAnswerToHeadHasNoBody)
{
    EXPECT_EQ(read({"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"}, true), "200 none");
}

TEST(ResponseHeadReader, DoesNotFollowInterimResponsesForEver)
{
    std::string bytes;
    for (int i = 0; i < 20; ++i)
        bytes += "HTTP/1.1 100 Continue\r\n\r\n";
    EXPECT_EQ(read({bytes}), "refused");
}
