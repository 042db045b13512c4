#include "io/net/http_message.hpp"

#include "io/net/response_writer.hpp"

#include <gtest/gtest.h>

using namespace siyu;

TEST(Headers, FindWithoutRegardToCase)
{
    http::Headers headers;
    headers.add("Set-Cookie", "a");
    headers.add("set-cookie", "b");
    EXPECT_EQ(headers.find("SET-COOKIE"), "a");
    EXPECT_FALSE(headers.has("Cookie"));
    headers.set("Set-Cookie", "c");
    EXPECT_EQ(headers.fields().size(), 1u);
}

TEST(QueryValue, DecodesOrSaysThatItIsNotThere)
{
    const auto value = [](std::string_view query, std::string_view name) {
        return http::query_value(query, name).value_or("(none)");
    };
    EXPECT_EQ(value("a=1&b=%E4%BD%A0+x&c", "b"), "你 x");
    EXPECT_EQ(value("a=1&b=2&b=3", "b"), "2");
    EXPECT_EQ(value("a=1&c", "c"), "");
    EXPECT_EQ(value("%61=1", "a"), "1");
    EXPECT_EQ(value("a=1", "b"), "(none)");
    EXPECT_EQ(value("a=%zz", "a"), "(none)");
    EXPECT_EQ(value("a=%ff", "a"), "(none)");
    EXPECT_EQ(value("a=%00", "a"), "(none)");
    EXPECT_EQ(value("&&a=1&", "a"), "1");
    EXPECT_EQ(value("", "a"), "(none)");
}

namespace {

std::string head(http::Response response, bool is_head = false, int minor = 1)
{
    std::string out;
    const auto delivery = http::delivery_of(response, is_head, minor);
    if (!http::write_head(out, response, delivery, true))
        return "refused";
    const auto date = out.find("Date: ");
    EXPECT_NE(date, std::string::npos);
    out.erase(date, out.find("\r\n", date) + 2 - date);
    return out;
}

http::Response with(int status, std::string name, std::string value)
{
    http::Response response;
    response.status = status;
    response.headers.add(std::move(name), std::move(value));
    return response;
}

} // namespace

TEST(WriteHead, KeepsTheFramingToItself)
{
    EXPECT_EQ(head(with(200, "Content-Length", "99")), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(head(with(200, "transfer-encoding", "x")), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(head(with(204, "X", "y")), "HTTP/1.1 204 No Content\r\nX: y\r\n\r\n");
    EXPECT_EQ(head(with(304, "ETag", "\"1\"")), "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n");
    http::Response response;
    response.body = "four";
    EXPECT_EQ(head(response, true), "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
}

TEST(WriteHead, RefusesFieldsThatWouldSplitTheResponse)
{
    EXPECT_EQ(head(with(200, "X", "a\r\nSet-Cookie: b")), "refused");
    EXPECT_EQ(head(with(200, "X", "a\nb")), "refused");
    EXPECT_EQ(head(with(200, "X: a\r\nY", "b")), "refused");
    EXPECT_EQ(head(with(200, "", "b")), "refused");
}

TEST(HttpDate, HasTheFixedForm)
{
    const auto date = std::string(http::http_date_now());
    EXPECT_EQ(date.size(), 29u);
    std::tm parts{};
    EXPECT_NE(::strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts), nullptr);
}
