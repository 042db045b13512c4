#include "io/net/http_client.hpp"

#include "core/async/signal.hpp"
#include "core/async/task_group.hpp"
#include "io/net/tests/served.hpp"
#include "testkit/imposter.hpp"
#include "testkit/run.hpp"

#include <gtest/gtest.h>

// The gate of this test program: only it may make permits.
class siyu::privacy::EgressGate {
public:
    static EgressPermit permit(std::string origin) { return EgressPermit(std::move(origin)); }
};

using namespace siyu;
using namespace std::chrono_literals;
using testkit::Imposter;
using testkit::Script;

namespace {

struct Asked {
    std::string origin;
    http::ClientRequest request;
    std::shared_ptr<http::Abort> abort;
};

/// "200 body", or the error's code and reason.
Task<std::string> ask(http::Client& client, Asked asked)
{
    auto response =
        co_await client.send(privacy::EgressGate::permit(asked.origin), std::move(asked.request), std::move(asked.abort));
    if (!response)
        co_return std::string(to_string(response.error().code)) + " " + response.error().reason;
    const auto body = co_await (*response)->read_all(1000);
    if (!body)
        co_return std::to_string((*response)->status()) + " " + std::string(to_string(body.error().code)) + " "
            + body.error().reason;
    co_return std::to_string((*response)->status()) + " " + *body;
}

http::ClientRequest get(std::string target)
{
    http::ClientRequest request;
    request.target = std::move(target);
    return request;
}

/// Each test has one loop, so that connections stay between its requests.
class ClientTest : public testing::Test {
protected:
    std::string run(http::ClientRequest request, std::shared_ptr<http::Abort> abort = nullptr)
    {
        return testkit::run(context, ask(*client, {imposter.origin(), std::move(request), std::move(abort)}));
    }
    std::string get_from(const std::string& origin) { return testkit::run(context, ask(*client, {origin, get("/"), nullptr})); }

    Imposter imposter;
    asio::io_context context{1};
    std::unique_ptr<http::Client> client = http::make_client();
};

const std::string head = "HTTP/1.1 200 OK\r\n";

} // namespace

TEST_F(ClientTest, SendsWhatItWasGivenAndReadsTheAnswer)
{
    imposter.on("/v1/x", Script::reply(201, "made"));
    http::ClientRequest request{.method = "POST", .target = "/v1/x?a=%20b", .body = "hello"};
    request.headers.add("Authorization", "Bearer k");
    request.headers.add("Host", "elsewhere");
    request.headers.add("Content-Length", "999");
    EXPECT_EQ(run(request), "201 made");
    const auto seen = imposter.requests().at(0);
    EXPECT_EQ(seen.method, "POST");
    EXPECT_EQ(seen.target, "/v1/x?a=%20b");
    EXPECT_EQ(seen.header("authorization"), "Bearer k");
    EXPECT_EQ("http://" + seen.header("host"), imposter.origin());
    EXPECT_EQ(seen.header("content-length"), "5");
    EXPECT_EQ(seen.body, "hello");
}

TEST_F(ClientTest, SendsLargeBodies)
{
    imposter.on("/", Script::reply(200, "got it"));
    http::ClientRequest request{.method = "POST", .target = "/", .body = std::string(8'000'000, 'x')};
    EXPECT_EQ(run(request), "200 got it");
    EXPECT_EQ(imposter.requests().at(0).body.size(), 8'000'000u);
}

TEST_F(ClientTest, ReadsEveryKindOfBody)
{
    imposter.on("/chunked", Script().raw(head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"));
    imposter.on("/length", Script().raw(head + "Content-Length: 5\r\n\r\nabc").pause(5ms).raw("de"));
    imposter.on("/until-close", Script().raw(head + "\r\nabc").pause(5ms).raw("de").cut());
    imposter.on("/none", Script().raw("HTTP/1.1 204 No Content\r\n\r\n"));
    imposter.on("/empty", Script().raw(head + "Content-Length: 0\r\n\r\n"));
    imposter.on("/interim", Script().raw("HTTP/1.1 100 Continue\r\n\r\n" + head + "Content-Length: 1\r\n\r\nx"));
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(run(get("/chunked")), "200 abcde");
        EXPECT_EQ(run(get("/length")), "200 abcde");
        EXPECT_EQ(run(get("/until-close")), "200 abcde");
        EXPECT_EQ(run(get("/none")), "204 ");
        EXPECT_EQ(run(get("/empty")), "200 ");
        EXPECT_EQ(run(get("/interim")), "200 x");
    }
    EXPECT_EQ(run({.method = "HEAD", .target = "/empty"}), "200 ");
}

TEST_F(ClientTest, ReadsAChunkedAnswerCutAtEveryByte)
{
    const std::string answer = head + "Transfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    std::vector<Script> scripts;
    for (std::size_t cut = 1; cut < answer.size(); ++cut)
        scripts.push_back(Script().raw(answer.substr(0, cut)).pause(1ms).raw(answer.substr(cut)));
    const auto count = scripts.size();
    imposter.on("/", std::move(scripts));
    for (std::size_t i = 0; i < count; ++i)
        ASSERT_EQ(run(get("/")), "200 abcde");
    EXPECT_EQ(imposter.connections(), 1u);
}

TEST_F(ClientTest, UsesAConnectionAgain)
{
    imposter.on("/", Script::reply(200, "x"));
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(run(get("/")), "200 x");
    EXPECT_EQ(imposter.connections(), 1u);
}

TEST_F(ClientTest, DoesNotUseWhatIsNotClean)
{
    imposter.on("/closing", Script().raw(head + "Connection: close\r\nContent-Length: 1\r\n\r\nx"));
    imposter.on("/trailing", Script().raw(head + "Content-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\ny"));
    EXPECT_EQ(run(get("/closing")), "200 x");
    EXPECT_EQ(run(get("/trailing")), "200 x");
    EXPECT_EQ(run(get("/trailing")), "200 x");
    EXPECT_EQ(imposter.connections(), 3u);
}

TEST_F(ClientTest, TriesOnceMoreWhenAnIdleConnectionHadDied)
{
    imposter.on("/", {Script::reply(200, "first"), Script().cut(), Script::reply(200, "second")});
    EXPECT_EQ(run(get("/")), "200 first");
    EXPECT_EQ(run(get("/")), "200 second");
    EXPECT_EQ(imposter.connections(), 2u);
    EXPECT_EQ(imposter.requests().size(), 3u);
}

TEST_F(ClientTest, DoesNotTryAgainOnAFreshConnection)
{
    imposter.on("/", Script().cut());
    EXPECT_EQ(run(get("/")), "upstream no_answer");
    EXPECT_EQ(imposter.requests().size(), 1u);
}

TEST_F(ClientTest, TellsACutAnswerFromAWholeOne)
{
    imposter.on("/length", Script().raw(head + "Content-Length: 5\r\n\r\nabc").cut());
    imposter.on("/chunked", Script::stream().chunk("abc").cut());
    imposter.on("/in-chunk", Script::stream().raw("5\r\nab").cut());
    imposter.on("/in-head", Script().raw("HTTP/1.1 200 OK\r\nContent-").cut());
    EXPECT_EQ(run(get("/length")), "200 upstream cut");
    EXPECT_EQ(run(get("/chunked")), "200 upstream cut");
    EXPECT_EQ(run(get("/in-chunk")), "200 upstream cut");
    EXPECT_EQ(run(get("/in-head")), "upstream cut");
}

TEST_F(ClientTest, RefusesAnswersThatCouldBeReadInTwoWays)
{
    imposter.on("/two-lengths", Script().raw(head + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx"));
    imposter.on("/both", Script().raw(head + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    imposter.on("/gzip", Script().raw(head + "Transfer-Encoding: gzip\r\n\r\n"));
    imposter.on("/line-feeds", Script().raw("HTTP/1.1 200 OK\nContent-Length: 1\n\nx"));
    imposter.on("/html", Script().raw("<html>\r\n"));
    imposter.on("/large", Script().raw(head + "X: " + std::string(100'000, 'x') + "\r\n\r\n"));
    imposter.on("/chunk", Script::stream().raw("zz\r\n"));
    for (const auto* path : {"/two-lengths", "/both", "/gzip", "/line-feeds", "/html", "/large"})
        EXPECT_EQ(run(get(path)), "upstream bad_answer") << path;
    EXPECT_EQ(run(get("/chunk")), "200 upstream bad_answer");
}

TEST_F(ClientTest, BoundsWhatItCollects)
{
    imposter.on("/", Script::reply(200, std::string(1001, 'x')));
    EXPECT_EQ(run(get("/")), "200 too_large ");
}

TEST_F(ClientTest, EndsEachWaitAtItsTime)
{
    imposter.on("/silent", Script().stall());
    imposter.on("/head-only", Script::stream().stall());
    imposter.on("/stalled", Script::stream().chunk("x").stall());
    imposter.on("/endless", Script::stream().chunk("x").pause(30ms).chunk("x").pause(30ms).chunk("x").stall());
    const auto with = [](std::string target, http::ClientTimeouts timeouts) {
        auto request = get(std::move(target));
        request.timeouts = timeouts;
        return request;
    };
    EXPECT_EQ(run(with("/silent", {.first_byte = 50ms})), "timeout first_byte_timeout");
    EXPECT_EQ(run(with("/head-only", {.first_byte = 50ms})), "200 timeout first_byte_timeout");
    EXPECT_EQ(run(with("/stalled", {.between_bytes = 50ms})), "200 timeout stalled");
    EXPECT_EQ(run(with("/endless", {.total = 150ms})), "200 timeout total_timeout");
    EXPECT_TRUE(imposter.wait_for_left(4)); // the upstream learns of each
}

TEST_F(ClientTest, SaysWhyItCannotConnect)
{
    std::string gone;
    {
        const Imposter other;
        gone = other.origin();
    }
    EXPECT_EQ(get_from(gone), "unavailable cannot_connect");
    EXPECT_EQ(get_from("http://name.invalid:80"), "unavailable unknown_host");
    EXPECT_EQ(get_from("https://127.0.0.1:443"), "unavailable no_tls");
    for (const auto* origin : {"", "127.0.0.1:80", "http://:80", "http://a", "http://a:0", "http://a:x", "http://a:99999",
             "http://u@a:80", "http://a/b:80"})
        EXPECT_EQ(get_from(origin), "invalid ") << origin;
}

TEST_F(ClientTest, ConnectsByName)
{
    imposter.on("/", Script::reply(200, "x"));
    EXPECT_EQ(get_from("http://localhost:" + std::to_string(imposter.port())), "200 x");
}

TEST_F(ClientTest, SendsNothingThatWouldSplitARequest)
{
    auto request = get("/");
    request.headers.add("X", "a\r\nY: b");
    EXPECT_EQ(run(request), "invalid ");
    EXPECT_EQ(run(get("/a b")), "invalid ");
    EXPECT_EQ(run(get("/a\r\nX: y")), "invalid ");
    EXPECT_EQ(run(get("http://elsewhere/")), "invalid ");
    EXPECT_EQ(run({.method = "GET /x", .target = "/"}), "invalid ");
    EXPECT_TRUE(imposter.requests().empty());
}

namespace {

Task<std::string> ask_and_abort(
    http::Client& client, std::string origin, std::string target, Imposter& imposter, std::string& outcome)
{
    const Executor executor = co_await asio::this_coro::executor;
    const auto abort = std::make_shared<http::Abort>();
    async::TaskGroup group(executor, [](auto, auto) { });
    const auto asking = [](http::Client& c, Asked asked, std::string& out) -> Task<> {
        out = co_await ask(c, std::move(asked));
    };
    group.spawn("ask", asking(client, {std::move(origin), get(std::move(target)), abort}, outcome));
    while (imposter.requests().empty())
        co_await async::sleep_for(1ms);
    co_await async::sleep_for(20ms);
    abort->trigger();
    co_await group.drained();
    co_return outcome;
}

Task<std::string> read_then_drop(http::Client& client, std::string origin)
{
    auto response = co_await client.send(privacy::EgressGate::permit(std::move(origin)), get("/"), nullptr);
    const auto piece = co_await (*response)->read();
    co_return piece->value_or("(end)");
}

Task<std::string> read_pieces(http::Client& client, std::string origin, Imposter& imposter)
{
    auto response = co_await client.send(privacy::EgressGate::permit(std::move(origin)), get("/"), nullptr);
    std::string text;
    for (int i = 0;; ++i) {
        const auto piece = co_await (*response)->read();
        if (!piece)
            co_return "failed";
        if (!*piece)
            co_return text;
        text += "[" + **piece + "]";
        imposter.open(std::to_string(i));
    }
}

} // namespace

TEST_F(ClientTest, StopsAtOnceWhenAborted)
{
    imposter.on("/silent", Script().stall());
    std::string outcome;
    EXPECT_EQ(testkit::run(context, ask_and_abort(*client, imposter.origin(), "/silent", imposter, outcome)), "cancelled ");
    EXPECT_TRUE(imposter.wait_for_left(1));

    imposter.on("/stream", Script::stream().chunk("x").stall());
    EXPECT_EQ(testkit::run(context, ask_and_abort(*client, imposter.origin(), "/stream", imposter, outcome)), "200 cancelled ");
    EXPECT_TRUE(imposter.wait_for_left(2));

    const auto before = std::make_shared<http::Abort>();
    before->trigger();
    EXPECT_EQ(run(get("/silent"), before), "cancelled ");
}

TEST_F(ClientTest, TellsTheUpstreamWhenAResponseIsLetGo)
{
    imposter.on("/", Script::stream().chunk("first").stall());
    EXPECT_EQ(testkit::run(context, read_then_drop(*client, imposter.origin())), "first");
    EXPECT_TRUE(imposter.wait_for_left(1));
}

TEST_F(ClientTest, GivesEachPieceWhenItComes)
{
    imposter.on("/", Script::stream().chunk("a").gate("0").chunk("b").gate("1").chunk("c").end());
    EXPECT_EQ(testkit::run(context, read_pieces(*client, imposter.origin(), imposter)), "[a][b][c]");
}

TEST_F(ClientTest, SpeaksWithTheServerOfTheHouse)
{
    http::Served served;
    const auto origin = "http://127.0.0.1:" + std::to_string(served.port());
    const auto asked = [&](http::ClientRequest request) {
        return testkit::run(context, ask(*client, {origin, std::move(request), nullptr}));
    };
    EXPECT_EQ(asked(get("/stream")), "200 onetwo");
    EXPECT_EQ(asked(get("/broken-stream")), "200 upstream cut");
    EXPECT_EQ(asked({.method = "POST", .target = "/echo", .body = "x"}), "200 POST /echo? x");
    EXPECT_EQ(asked(get("/empty")), "204 ");
}
