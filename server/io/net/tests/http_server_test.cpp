#include "io/net/http_server.hpp"

#include "io/net/tests/raw_client.hpp"
#include "io/net/tests/served.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using namespace std::chrono_literals;
using http::Served;
using net::RawClient;

namespace {

std::string get(const std::string& path, const std::string& fields = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

std::string post(const std::string& path, const std::string& body, const std::string& fields = {})
{
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n"
        + body;
}

/// Status and body of the next response that has a Content-Length.
std::string answer(RawClient& client)
{
    const auto head = client.read_until("\r\n\r\n");
    const auto length = head.find("Content-Length: ");
    const auto status = head.substr(0, head.find("\r\n"));
    if (length == std::string::npos)
        return status + " |";
    return status.substr(std::min<std::size_t>(9, status.size())) + " | "
        + client.read_bytes(std::stoul(head.substr(length + 16)));
}

std::string refused(const std::string& status, const std::string& code)
{
    return status + R"( | {"type":"urn:siyu:problem:)" + code + R"(","title":")" + code + R"(","status":)" + status.substr(0, 3)
        + R"(,"code":")" + code + "\"}";
}

} // namespace

TEST(Server, AnswersRequestsOneAfterTheOtherOnOneConnection)
{
    Served served;
    RawClient client(served.port());
    for (int i = 0; i < 3; ++i) {
        client.send(post("/echo?n=" + std::to_string(i), "body"));
        EXPECT_EQ(answer(client), "200 OK | POST /echo?n=" + std::to_string(i) + " body");
    }
    client.send(get("/peer"));
    EXPECT_EQ(answer(client), "200 OK | 127.0.0.1");
    client.send(get("/nowhere"));
    EXPECT_EQ(answer(client), "404 Not Found | ");
}

TEST(Server, TakesARequestCutAtAnyByte)
{
    Served served;
    const auto request = post("/echo", "hello");
    RawClient client(served.port());
    for (std::size_t cut = 1; cut < request.size(); ++cut) {
        client.send(request.substr(0, cut));
        std::this_thread::yield();
        client.send(request.substr(cut));
        ASSERT_EQ(answer(client), "200 OK | POST /echo? hello") << "cut at " << cut;
    }
}

TEST(Server, KeepsTheOrderOfPipelinedRequests)
{
    Served served;
    RawClient client(served.port());
    client.send(get("/slow") + post("/echo", "second") + get("/empty") + get("/stream") + get("/echo"));
    EXPECT_EQ(answer(client), "200 OK | slow");
    EXPECT_EQ(answer(client), "200 OK | POST /echo? second");
    EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 204 No Content\r\n"));
    EXPECT_TRUE(client.read_until("0\r\n\r\n").ends_with("3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"));
    EXPECT_EQ(answer(client), "200 OK | GET /echo? ");
}

TEST(Server, DecodesChunkedBodies)
{
    Served served;
    RawClient client(served.port());
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\nT: x\r\n\r\n"
        + get("/echo"));
    EXPECT_EQ(answer(client), "200 OK | POST /echo? abcde");
    EXPECT_EQ(answer(client), "200 OK | GET /echo? ");
}

TEST(Server, TakesLargeBodies)
{
    Served served;
    RawClient client(served.port());
    client.send(post("/bytes", std::string(5'000'000, 'x')));
    EXPECT_EQ(answer(client), "200 OK | 5000000");
}

TEST(Server, AsksForABodyThatWaitsForLeave)
{
    Served served;
    RawClient client(served.port());
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hello");
    EXPECT_EQ(answer(client), "200 OK | POST /echo? hello");

    client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(answer(client), refused("413 Content Too Large", "body_too_large"));
}

TEST(Server, RefusesBadRequestsAndCloses)
{
    Served served;
    const std::vector<std::pair<std::string, std::string>> cases{
        {"nonsense\r\n\r\n", refused("400 Bad Request", "malformed_request")},
        {"GET / HTTP/1.1\r\n\r\n", refused("400 Bad Request", "malformed_request")},
        {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", refused("505 HTTP Version Not Supported", "version_unknown")},
        {"GET /" + std::string(10'000, 'a'), refused("414 URI Too Long", "target_too_long")},
        {get("/", "X: " + std::string(40'000, 'a')), refused("431 Request Header Fields Too Large", "header_too_large")},
        {post("/small", "12345678901"), refused("413 Content Too Large", "body_too_large")},
        {"POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n0\r\n\r\n",
            refused("413 Content Too Large", "body_too_large")},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            refused("400 Bad Request", "malformed_request")},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            refused("400 Bad Request", "malformed_request")},
        {get("/split"), refused("500 Internal Server Error", "internal")},
    };
    for (const auto& [request, expected] : cases) {
        SCOPED_TRACE(request.substr(0, 60));
        RawClient client(served.port());
        // What follows a bad request could be taken for a second one: it must never be answered.
        client.send(request + get("/echo"));
        EXPECT_EQ(answer(client), expected);
        EXPECT_EQ(client.read_all(), "");
    }
}

TEST(Server, FollowsTheRulesForBodies)
{
    Served served;
    RawClient client(served.port());
    client.send("HEAD /echo HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(client.read_until("\r\n\r\n").contains("Content-Length: 12\r\n"));
    client.send("HEAD /endless-stream HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_FALSE(client.read_until("\r\n\r\n").contains("Content-Length"));
    EXPECT_TRUE(served.handler.abandoned.reaches(1));
    client.send(get("/empty"));
    EXPECT_FALSE(client.read_until("\r\n\r\n").contains("Content-Length"));
    client.send(get("/echo"));
    EXPECT_EQ(answer(client), "200 OK | GET /echo? ");
}

TEST(Server, ClosesWhenEitherSideAsksForIt)
{
    Served served;
    RawClient asks(served.port());
    asks.send(get("/echo", "Connection: close\r\n"));
    EXPECT_TRUE(asks.read_all().contains("Connection: close\r\n"));
    RawClient told(served.port());
    told.send(get("/close") + get("/echo"));
    EXPECT_FALSE(told.read_all().contains("GET /echo"));
    RawClient old(served.port());
    old.send("GET /echo HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(old.read_all().ends_with("Connection: close\r\n\r\nGET /echo? "));
}

TEST(Server, StreamsInChunksOrUntilTheEnd)
{
    Served served;
    RawClient client(served.port());
    client.send(get("/stream"));
    const auto text = client.read_until("0\r\n\r\n");
    EXPECT_TRUE(text.contains("Transfer-Encoding: chunked\r\n"));
    EXPECT_TRUE(text.ends_with("\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"));

    RawClient old(served.port());
    old.send("GET /stream HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(old.read_all().ends_with("Connection: close\r\n\r\nonetwo"));
}

TEST(Server, SendsTheHeadOfAStreamThatIsSlowToBegin)
{
    Served served;
    RawClient client(served.port());
    client.send(get("/silent-stream"));
    EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 200 OK\r\n"));
}

TEST(Server, CutsABrokenStreamSoThatItCannotPassForWhole)
{
    Served served;
    RawClient client(served.port());
    client.send(get("/broken-stream"));
    const auto text = client.read_all();
    EXPECT_TRUE(text.ends_with("3\r\none\r\n")) << text;
    RawClient old(served.port());
    old.send("GET /broken-stream HTTP/1.0\r\n\r\n");
    old.read_all();
    EXPECT_TRUE(old.was_reset());
}

TEST(Server, NoticesAClientThatLeavesWhileTheAnswerIsMade)
{
    Served served;
    for (const bool orderly : {true, false}) {
        RawClient client(served.port());
        client.send(get("/hang"));
        ASSERT_TRUE(served.handler.handled.reaches(orderly ? 1 : 2));
        if (orderly)
            client.shutdown_write();
        client.leave();
        EXPECT_TRUE(served.handler.noticed.reaches(orderly ? 1 : 2));
    }
}

TEST(Server, NoticesAClientThatLeavesAStream)
{
    Served served;
    for (const auto* path : {"/waiting-stream", "/silent-stream"}) {
        const int before = served.handler.abandoned.now();
        RawClient client(served.port());
        client.send(get(path));
        client.read_until("\r\n\r\n");
        client.leave();
        EXPECT_TRUE(served.handler.abandoned.reaches(before + 1));
    }
}

TEST(Server, NoticesTheDepartureBehindPipelinedRequests)
{
    Served served;
    RawClient client(served.port());
    client.send(get("/hang") + get("/echo"));
    ASSERT_TRUE(served.handler.handled.reaches(1));
    client.leave();
    EXPECT_TRUE(served.handler.noticed.reaches(1));
}

TEST(Server, HoldsBackASourceWhoseReaderIsSlow)
{
    Served served({.write_timeout = 200ms});
    RawClient client(served.port(), 4096);
    client.send(get("/endless-stream"));
    client.read_until("\r\n\r\n");
    // Nobody reads: the write stalls, and after the limit the connection is cut.
    while (served.server().connections() > 0)
        std::this_thread::yield();
    EXPECT_LT(served.handler.asked.now(), 400); // what the system's buffers hold, no more
}

TEST(Server, SendsWhatTheSocketDoesNotTakeAtOnce)
{
    Served served;
    RawClient client(served.port(), 4096);
    client.send(get("/asset") + get("/echo"));
    const auto asset = answer(client);
    EXPECT_EQ(asset.size(), 4u * 1024 * 1024 + 9);
    EXPECT_EQ(answer(client), "200 OK | GET /echo? ");
}

TEST(Server, GivesUpOnSlowRequests)
{
    Served served({.header_timeout = 100ms, .body_timeout = 100ms, .idle_timeout = 100ms});
    RawClient slow_head(served.port());
    slow_head.send("GET / HT");
    EXPECT_EQ(answer(slow_head), refused("408 Request Timeout", "request_timeout"));
    EXPECT_TRUE(slow_head.is_ended());

    RawClient slow_body(served.port());
    slow_body.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
    EXPECT_EQ(answer(slow_body), refused("408 Request Timeout", "request_timeout"));

    RawClient silent(served.port());
    EXPECT_EQ(silent.read_all(), "");

    RawClient idle(served.port());
    idle.send(get("/echo"));
    EXPECT_EQ(answer(idle), "200 OK | GET /echo? ");
    EXPECT_EQ(idle.read_all(), "");
}

TEST(Server, TurnsAwayMoreConnectionsThanItMayHold)
{
    Served served({.connections_max = 1});
    RawClient first(served.port());
    first.send(get("/echo"));
    EXPECT_EQ(answer(first), "200 OK | GET /echo? ");
    RawClient second(served.port());
    EXPECT_EQ(answer(second), refused("503 Service Unavailable", "too_many_connections"));
    EXPECT_TRUE(second.is_ended());
    first.send(get("/echo"));
    EXPECT_EQ(answer(first), "200 OK | GET /echo? ");
}

TEST(Server, DrainsGracefully)
{
    Served served;
    RawClient idle(served.port());
    idle.send(get("/echo"));
    answer(idle);
    RawClient busy(served.port());
    busy.send(get("/slow"));
    ASSERT_TRUE(served.handler.handled.reaches(2));

    auto drained = served.drain(10s);
    EXPECT_TRUE(idle.is_ended());
    const auto last = busy.read_all();
    EXPECT_TRUE(last.contains("Connection: close\r\n"));
    EXPECT_TRUE(last.ends_with("slow"));
    busy.leave();
    drained.get();
    EXPECT_THROW(RawClient(served.port()), std::runtime_error);
}

TEST(Server, CutsWhatDoesNotEndInTime)
{
    Served served;
    RawClient hanging(served.port());
    hanging.send(get("/hang"));
    RawClient streaming(served.port());
    streaming.send(get("/waiting-stream"));
    ASSERT_TRUE(served.handler.handled.reaches(2));
    served.drain(50ms).get();
    EXPECT_EQ(served.server().connections(), 0u);
    EXPECT_EQ(served.handler.noticed.now(), 1);
    EXPECT_EQ(served.handler.abandoned.now(), 1);
}

TEST(Server, NamesTheAddressThatIsTaken)
{
    Served served;
    http::Server second(served.threads(), served.handler, {}, [](auto, auto) { });
    const auto taken = second.listen("127.0.0.1", served.port());
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().detail,
        "cannot listen on 127.0.0.1:" + std::to_string(served.port()) + ": another program listens there");
    const auto name = second.listen("example.org", 0);
    ASSERT_FALSE(name);
    EXPECT_EQ(name.error().code, Errc::invalid);
}
