#include "io/net/header_check.hpp"

#include <gtest/gtest.h>

#include <random>

using namespace siyu;
using http::RequestHeadReader;
using namespace std::string_literals;

namespace {

constexpr http::HeaderLimits small_limits{.start_line_bytes_max = 60, .fields_max = 5, .bytes_max = 160};

struct Case {
    std::string name;
    std::string bytes;
    std::string expected;
};

/// "more", "400 malformed_request", or what was understood.
std::string outcome(RequestHeadReader& reader, RequestHeadReader::Step step)
{
    if (step.status == RequestHeadReader::Status::more)
        return "more";
    if (step.status == RequestHeadReader::Status::refused)
        return std::to_string(reader.refusal().status) + " " + std::string(reader.refusal().code);
    const auto& head = reader.head();
    auto text = head.request.method + " " + head.request.path;
    if (!head.request.query.empty())
        text += "?" + head.request.query;
    if (head.framing == http::Framing::length)
        text += " length=" + std::to_string(head.content_length);
    if (head.framing == http::Framing::chunked)
        text += " chunked";
    if (!head.keep_alive)
        text += " close";
    if (head.expects_continue)
        text += " continue";
    return text;
}

/// Feeds the pieces one after the other, as a connection does.
std::string read(const std::vector<std::string>& pieces, http::HeaderLimits limits, std::string* rest = nullptr)
{
    RequestHeadReader reader(limits);
    RequestHeadReader::Step step;
    for (const auto& piece : pieces) {
        step = reader.feed(piece);
        if (step.status != RequestHeadReader::Status::more) {
            if (rest)
                *rest = piece.substr(step.consumed);
            break;
        }
        EXPECT_EQ(step.consumed, piece.size());
    }
    return outcome(reader, step);
}

std::string host(const std::string& request_line, const std::string& fields = {})
{
    return request_line + "\r\nHost: a\r\n" + fields + "\r\n";
}

const std::string bad = "400 malformed_request";

std::vector<Case> good_requests()
{
    return {
        {"plain", host("GET / HTTP/1.1"), "GET /"},
        {"query", host("GET /a/b?x=1&y=%20 HTTP/1.1"), "GET /a/b?x=1&y=%20"},
        {"empty query", host("GET /a? HTTP/1.1"), "GET /a"},
        {"odd but visible query", host("GET /a?{|}^`\"<> HTTP/1.1"), "GET /a?{|}^`\"<>"},
        {"decoded path", host("GET /%E4%BD%A0%20x HTTP/1.1"), "GET /你 x"},
        {"percent once only", host("GET /%2541 HTTP/1.1"), "GET /%41"},
        {"dots in a name", host("GET /a..b/.c/...d HTTP/1.1"), "GET /a..b/.c/...d"},
        {"empty segments stay", host("GET //a// HTTP/1.1"), "GET //a//"},
        {"one leading empty line", "\r\n" + host("GET / HTTP/1.1"), "GET /"},
        {"length", host("POST / HTTP/1.1", "Content-Length: 12\r\n"), "POST / length=12"},
        {"zero length", host("POST / HTTP/1.1", "content-length:0\r\n"), "POST / length=0"},
        {"leading zeros", host("POST / HTTP/1.1", "Content-Length: 007\r\n"), "POST / length=7"},
        {"blanks around a value", host("POST / HTTP/1.1", "Content-Length: \t 5 \t\r\n"), "POST / length=5"},
        {"chunked", host("PUT / HTTP/1.1", "Transfer-Encoding: chunked\r\n"), "PUT / chunked"},
        {"chunked in capitals", host("PUT / HTTP/1.1", "TRANSFER-ENCODING: Chunked\r\n"), "PUT / chunked"},
        {"close", host("GET / HTTP/1.1", "Connection: x, CLOSE\r\n"), "GET / close"},
        {"keep-alive is the rule", host("GET / HTTP/1.1", "Connection: keep-alive\r\n"), "GET /"},
        {"1.0 without host", "GET / HTTP/1.0\r\n\r\n", "GET / close"},
        {"1.0 with host", host("GET / HTTP/1.0"), "GET / close"},
        {"1.0 expects nothing", host("GET / HTTP/1.0", "Expect: 100-continue\r\n"), "GET / close"},
        {"continue", host("POST / HTTP/1.1", "Expect: 100-Continue\r\nContent-Length: 1\r\n"), "POST / length=1 continue"},
        {"options of all", host("OPTIONS * HTTP/1.1"), "OPTIONS *"},
        {"ipv6 host", "GET / HTTP/1.1\r\nHost: [::1]:3000\r\n\r\n", "GET /"},
        {"empty value", host("GET / HTTP/1.1", "X:\r\n"), "GET /"},
        {"text beyond ASCII in a value", host("GET / HTTP/1.1", "X: \xe4\xbd\xa0\r\n"), "GET /"},
        {"tab inside a value", host("GET / HTTP/1.1", "X: a\tb\r\n"), "GET /"},
        {"every kind of token character", host("GET / HTTP/1.1", "!#$%&'*+-.^_`|~09azAZ: 1\r\n"), "GET /"},
        {"hyphenated method", host("M-SEARCH / HTTP/1.1"), "M-SEARCH /"},
    };
}

std::vector<Case> bad_start_lines()
{
    return {
        {"two leading empty lines", "\r\n\r\n" + host("GET / HTTP/1.1"), bad},
        {"line feed alone", "GET / HTTP/1.1\nHost: a\r\n\r\n", bad},
        {"carriage return inside", host("GET /\r HTTP/1.1"), bad},
        {"carriage return as end", "GET / HTTP/1.1\rHost: a\r\n\r\n", bad},
        {"two carriage returns", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", bad},
        {"no version", host("GET /"), bad},
        {"method alone", host("GET"), bad},
        {"two blanks after the method", host("GET  / HTTP/1.1"), bad},
        {"two blanks before the version", host("GET /  HTTP/1.1"), bad},
        {"blank at the end", host("GET / HTTP/1.1 "), bad},
        {"blank at the start", host(" GET / HTTP/1.1"), bad},
        {"tab between", host("GET\t/\tHTTP/1.1"), bad},
        {"blank in the target", host("GET /a b HTTP/1.1"), bad},
        {"empty method", host(" / HTTP/1.1"), bad},
        {"method with a separator", host("GE(T / HTTP/1.1"), bad},
        {"method beyond ASCII", host("G\xc3\x89T / HTTP/1.1"), bad},
        {"small letters", host("get / HTTP/1.1"), "501 method_unknown"},
        {"connect", host("CONNECT a:443 HTTP/1.1"), "501 method_unknown"},
        {"trace", host("TRACE / HTTP/1.1"), "501 method_unknown"},
        {"long method", host("ABCDEFGHIJKLMNOPQRSTUV / HTTP/1.1"), "501 method_unknown"},
        {"absolute target", host("GET http://a/ HTTP/1.1"), bad},
        {"authority target", host("GET a:80 HTTP/1.1"), bad},
        {"asterisk for GET", host("GET * HTTP/1.1"), bad},
        {"relative target", host("GET a/b HTTP/1.1"), bad},
        {"fragment", host("GET /a#b HTTP/1.1"), bad},
        {"backslash", host("GET /a\\b HTTP/1.1"), bad},
        {"encoded backslash", host("GET /a%5Cb HTTP/1.1"), bad},
        {"encoded slash", host("GET /a%2Fb HTTP/1.1"), bad},
        {"encoded NUL", host("GET /a%00 HTTP/1.1"), bad},
        {"encoded line feed", host("GET /a%0A HTTP/1.1"), bad},
        {"encoded DEL", host("GET /a%7f HTTP/1.1"), bad},
        {"broken encoding", host("GET /a%4 HTTP/1.1"), bad},
        {"no hexadecimal digits", host("GET /a%zz HTTP/1.1"), bad},
        {"encoded bytes that are not UTF-8", host("GET /%ff HTTP/1.1"), bad},
        {"overlong UTF-8", host("GET /%c0%af HTTP/1.1"), bad},
        {"raw bytes beyond ASCII", host("GET /\xe4\xbd\xa0 HTTP/1.1"), bad},
        {"dot segment", host("GET /a/./b HTTP/1.1"), bad},
        {"climbing", host("GET /a/../b HTTP/1.1"), bad},
        {"climbing at the end", host("GET /a/.. HTTP/1.1"), bad},
        {"encoded climbing", host("GET /%2e%2E/b HTTP/1.1"), bad},
        {"control byte in the query", host("GET /?a\x01 HTTP/1.1"), bad},
        {"NUL", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"s, bad},
        {"HTTP/1.2", host("GET / HTTP/1.2"), "505 version_unknown"},
        {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505 version_unknown"},
        {"HTTP/0.9", host("GET / HTTP/0.9"), "505 version_unknown"},
        {"small version", host("GET / http/1.1"), bad},
        {"version with more digits", host("GET / HTTP/1.10"), bad},
        {"version without minor", host("GET / HTTP/1"), bad},
        {"another protocol", host("GET / ICAP/1.0"), bad},
        {"TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n"s, bad},
    };
}

std::vector<Case> bad_fields()
{
    const std::string get = "GET / HTTP/1.1";
    const std::string post = "POST / HTTP/1.1";
    return {
        {"no host", get + "\r\n\r\n", bad},
        {"two hosts", host(get, "Host: a\r\n"), bad},
        {"two hosts in 1.0", host("GET / HTTP/1.0", "Host: b\r\n"), bad},
        {"empty host", get + "\r\nHost:\r\n\r\n", bad},
        {"host with a path", get + "\r\nHost: a/b\r\n\r\n", bad},
        {"host with a user", get + "\r\nHost: u@a\r\n\r\n", bad},
        {"host list", get + "\r\nHost: a, b\r\n\r\n", bad},
        {"folded line", host(get, "X: a\r\n b\r\n"), bad},
        {"folded by a tab", host(get, "X: a\r\n\tb\r\n"), bad},
        {"folded first field", get + "\r\n Host: a\r\n\r\n", bad},
        {"blank before the colon", host(get, "X : a\r\n"), bad},
        {"tab before the colon", host(get, "Transfer-Encoding\t: chunked\r\n"), bad},
        {"no colon", host(get, "X\r\n"), bad},
        {"empty name", host(get, ": a\r\n"), bad},
        {"name with a separator", host(get, "X(y): a\r\n"), bad},
        {"name beyond ASCII", host(get, "X\xc3\xa9: a\r\n"), bad},
        {"vertical tab in a name", host(post, "Content-Length\x0b: 5\r\n"), bad},
        {"vertical tab in a value",
            host(post,
                "Transfer-Encoding: \x0b"
                "chunked\r\n"),
            bad},
        {"NUL in a value", host(get, "X: a\0b\r\n"s), bad},
        {"DEL in a value", host(get, "X: a\x7f\r\n"), bad},
        {"carriage return in a value", host(get, "X: a\rY: b\r\n"), bad},
        {"line feed in a value", host(get, "X: a\nY: b\r\n"), bad},
        {"head ended by line feeds", "GET / HTTP/1.1\r\nHost: a\r\n\n", bad},
        {"signed length", host(post, "Content-Length: +5\r\n"), bad},
        {"negative length", host(post, "Content-Length: -5\r\n"), bad},
        {"hexadecimal length", host(post, "Content-Length: 0x5\r\n"), bad},
        {"length list", host(post, "Content-Length: 5, 5\r\n"), bad},
        {"empty length", host(post, "Content-Length:\r\n"), bad},
        {"two words of length", host(post, "Content-Length: 5 5\r\n"), bad},
        {"fraction of a length", host(post, "Content-Length: 5.0\r\n"), bad},
        {"length beyond 64 bits", host(post, "Content-Length: 18446744073709551621\r\n"), bad},
        {"equal lengths", host(post, "Content-Length: 5\r\nContent-Length: 5\r\n"), bad},
        {"different lengths", host(post, "Content-Length: 5\r\ncontent-length: 6\r\n"), bad},
        {"length, then chunked", host(post, "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), bad},
        {"chunked, then length", host(post, "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), bad},
        {"chunked twice", host(post, "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), bad},
        {"chunked listed twice", host(post, "Transfer-Encoding: chunked, chunked\r\n"), "501 transfer_coding_unknown"},
        {"gzip", host(post, "Transfer-Encoding: gzip\r\n"), "501 transfer_coding_unknown"},
        {"gzip, chunked", host(post, "Transfer-Encoding: gzip, chunked\r\n"), "501 transfer_coding_unknown"},
        {"identity", host(post, "Transfer-Encoding: identity\r\n"), "501 transfer_coding_unknown"},
        {"almost chunked", host(post, "Transfer-Encoding: xchunked\r\n"), "501 transfer_coding_unknown"},
        {"chunked with a parameter", host(post, "Transfer-Encoding: chunked;q=1\r\n"), "501 transfer_coding_unknown"},
        {"quoted chunked", host(post, "Transfer-Encoding: \"chunked\"\r\n"), "501 transfer_coding_unknown"},
        {"empty coding", host(post, "Transfer-Encoding:\r\n"), "501 transfer_coding_unknown"},
        {"chunked in 1.0", host("POST / HTTP/1.0", "Transfer-Encoding: chunked\r\n"), bad},
        {"other expectation", host(post, "Expect: 200-ok\r\n"), "417 expectation_unknown"},
        {"long target", host("GET /" + std::string(100, 'a') + " HTTP/1.1"), "414 target_too_long"},
        {"long start line that never ends", std::string(200, 'A'), "414 target_too_long"},
        {"long field", host(get, "X: " + std::string(200, 'a') + "\r\n"), "431 header_too_large"},
        {"long field that never ends", get + "\r\nHost: a\r\nX" + std::string(200, 'a'), "431 header_too_large"},
        {"many fields", host(get, "A:\r\nB:\r\nC:\r\nD:\r\nE:\r\n"), "431 header_too_large"},
        {"many bytes", host(get, "A: " + std::string(70, 'a') + "\r\nB: " + std::string(60, 'b') + "\r\n"),
            "431 header_too_large"},
    };
}

void expect_the_same_however_cut(const std::vector<Case>& cases)
{
    for (const auto& [name, bytes, expected] : cases) {
        SCOPED_TRACE(name);
        EXPECT_EQ(read({bytes}, small_limits), expected);
        for (std::size_t cut = 1; cut < bytes.size(); ++cut)
            ASSERT_EQ(read({bytes.substr(0, cut), bytes.substr(cut)}, small_limits), expected) << "cut at " << cut;
        std::vector<std::string> single;
        for (const char c : bytes)
            single.emplace_back(1, c);
        EXPECT_EQ(read(single, small_limits), expected);
    }
}

} // namespace

TEST(RequestHeadReader, ReadsWhatIsWellFormed)
{
    expect_the_same_however_cut(good_requests());
}

TEST(RequestHeadReader, RefusesBadStartLines)
{
    expect_the_same_however_cut(bad_start_lines());
}

TEST(RequestHeadReader, RefusesBadFields)
{
    expect_the_same_however_cut(bad_fields());
}

TEST(RequestHeadReader, WaitsAtEveryUnfinishedPrefix)
{
    for (const auto& good : good_requests())
        for (std::size_t cut = 0; cut < good.bytes.size(); ++cut)
            ASSERT_EQ(read({good.bytes.substr(0, cut)}, small_limits), "more") << good.name << " up to " << cut;
}

TEST(RequestHeadReader, RefusesAtOnceWhatNoLineCanBeginWith)
{
    EXPECT_EQ(read({"\x16\x03\x01\x02\x00\x01\x00\x01"s}, small_limits), "400 malformed_request"); // a TLS handshake
    EXPECT_EQ(read({"GET /\x7f"s}, small_limits), "400 malformed_request");
    EXPECT_EQ(read({"GET /\r"s, "H"s}, small_limits), "400 malformed_request");
}

TEST(RequestHeadReader, LeavesWhatFollowsTheHead)
{
    std::string rest;
    EXPECT_EQ(read({host("GET / HTTP/1.1") + "GET /next"}, small_limits, &rest), "GET /");
    EXPECT_EQ(rest, "GET /next");
}

// The same answer in pieces as in one, for any bytes at all.
TEST(RequestHeadReader, DoesNotDependOnPiecesForMutatedRequests)
{
    std::mt19937 random(7); // NOLINT(cert-msc51-cpp): the same cases each time
    auto cases = good_requests();
    const auto fields = bad_fields();
    cases.insert(cases.end(), fields.begin(), fields.end());
    for (int round = 0; round < 4000; ++round) {
        auto bytes = cases[random() % cases.size()].bytes;
        for (int change = 0; change < 3; ++change)
            bytes[random() % bytes.size()] =
                static_cast<char>(random() % 4 == 0 ? random() % 256 : "\r\n :,/%\t"[random() % 8]);
        std::string rest_whole;
        std::string rest_cut;
        const auto whole = read({bytes}, small_limits, &rest_whole);
        const auto cut = random() % bytes.size();
        EXPECT_EQ(read({bytes.substr(0, cut), bytes.substr(cut)}, small_limits, &rest_cut), whole);
    }
}
