#include "io/net/websocket.hpp"

#include "io/net/tests/raw_client.hpp"
#include "io/net/tests/served.hpp"
#include "io/net/websocket_frames.hpp"
#include "io/net/websocket_handshake.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using namespace std::chrono_literals;
using namespace std::string_literals;
using http::Served;
using net::FrameReader;
using net::Opcode;
using net::RawClient;

namespace {

/// A frame as a client sends it.
std::string frame(unsigned first, const std::string& payload, bool is_masked = true)
{
    std::string bytes(1, static_cast<char>(first));
    const char mask_bit = static_cast<char>(is_masked ? 0x80 : 0);
    if (payload.size() < 126) {
        bytes += static_cast<char>(mask_bit | static_cast<char>(payload.size()));
    } else {
        bytes += static_cast<char>(mask_bit | 126);
        bytes += static_cast<char>(payload.size() >> 8);
        bytes += static_cast<char>(payload.size() & 0xff);
    }
    if (!is_masked)
        return bytes + payload;
    const auto mask = "\x11\xa2\x33\x00"s;
    bytes += mask;
    for (std::size_t i = 0; i < payload.size(); ++i)
        bytes += static_cast<char>(payload[i] ^ mask[i % 4]);
    return bytes;
}

std::string text(const std::string& payload)
{
    return frame(0x81, payload);
}

std::string read(const std::vector<std::string>& pieces)
{
    FrameReader reader(200);
    std::string shown;
    for (std::string_view piece : pieces) {
        while (true) {
            const auto step = reader.feed(piece);
            piece.remove_prefix(step.consumed);
            if (step.status == FrameReader::Status::broken)
                return shown + "!" + std::to_string(reader.close_code());
            if (step.status == FrameReader::Status::more)
                break;
            const auto& event = reader.event();
            shown += event.opcode == Opcode::text ? "text:"
                : event.opcode == Opcode::ping    ? "ping:"
                : event.opcode == Opcode::pong    ? "pong:"
                                                  : "close:";
            if (event.opcode == Opcode::close)
                shown += std::to_string(event.close_code) + ":";
            shown += (event.payload.size() > 20 ? std::to_string(event.payload.size()) : event.payload) + " ";
        }
    }
    return shown;
}

} // namespace

TEST(FrameReader, ReadsOrRefusesHoweverCut)
{
    const auto long_length = "\x81\xff\x00\x00\x00\x00\x00\x00\x00\x05mask"s;
    const std::vector<std::pair<std::string, std::string>> cases{
        {text("hello"), "text:hello "},
        {text(""), "text: "},
        {text("你好"), "text:你好 "},
        {text(std::string(125, 'a')), "text:125 "},
        {text(std::string(126, 'a')), "text:126 "},
        {text(std::string(200, 'a')), "text:200 "},
        {text(std::string(201, 'a')), "!1009"},
        {text("a") + text("b"), "text:a text:b "},
        {frame(0x01, "he") + frame(0x00, "ll") + frame(0x80, "o"), "text:hello "},
        {frame(0x01, "\xe4") + frame(0x00, "\xbd") + frame(0x80, "\xa0"), "text:你 "},
        {frame(0x01, "a") + frame(0x89, "p") + frame(0x80, "b"), "ping:p text:ab "},
        {frame(0x01, std::string(150, 'a')) + frame(0x80, std::string(51, 'a')), "!1009"},
        {frame(0x89, ""), "ping: "},
        {frame(0x8a, "x"), "pong:x "},
        {frame(0x89, std::string(125, 'p')), "ping:125 "},
        {frame(0x89, std::string(126, 'p')), "!1002"},
        {frame(0x09, "fragment"), "!1002"},
        {frame(0x88, ""), "close:1005: "},
        {frame(0x88,
             "\x03\xe8"
             "bye"),
            "close:1000:bye "},
        {frame(0x88, "\x0f\xa0"), "close:4000: "},
        {frame(0x88, "\x03"), "!1002"},
        {frame(0x88, "\x03\xe7"), "!1002"},
        {frame(0x88, "\x03\xed"), "!1002"},
        {frame(0x88, "\x03\xee"), "!1002"},
        {frame(0x88, "\x03\xf7"), "!1002"},
        {frame(0x88, "\x07\xd0"), "!1002"},
        {frame(0x88, "\x13\x88"), "!1002"},
        {frame(0x88, "\x03\xe8\xff"), "!1007"},
        {frame(0x81, "hello", false), "!1002"},
        {frame(0x82, "binary"), "!1003"},
        {frame(0x80, "nothing to continue"), "!1002"},
        {frame(0x01, "a") + frame(0x81, "b"), "!1002"},
        {frame(0x83, ""), "!1002"},
        {frame(0x8b, ""), "!1002"},
        {frame(0xc1, "reserved bit"), "!1002"},
        {frame(0x91, "reserved bit"), "!1002"},
        {text("\xff"), "!1007"},
        {text("\xc0\xaf"), "!1007"},
        {text("\xed\xa0\x80"), "!1007"},
        {text("\xe4\xbd"), "!1007"},
        {frame(0x01, "ok\xff"), "!1007"},
        {"\x81\xfe\x00\x05mask"s, "!1002"},
        {long_length, "!1002"},
        {"\x81\xff\x80\x00\x00\x00\x00\x00\x00\x00mask"s, "!1002"},
        {"\x81\xff\x00\x00\x00\x7f\x00\x00\x00\x00mask"s, "!1009"},
    };
    for (const auto& [bytes, expected] : cases) {
        SCOPED_TRACE(testing::PrintToString(bytes));
        EXPECT_EQ(read({bytes}), expected);
        for (std::size_t cut = 1; cut < bytes.size(); ++cut)
            ASSERT_EQ(read({bytes.substr(0, cut), bytes.substr(cut)}), expected) << "cut at " << cut;
    }
}

TEST(EncodeFrame, UsesTheShortestLength)
{
    EXPECT_EQ(net::encode_frame(Opcode::text, "hi"), "\x81\x02hi"s);
    EXPECT_TRUE(net::encode_frame(Opcode::text, std::string(126, 'a')).starts_with("\x81\x7e\x00\x7e"s));
    EXPECT_TRUE(
        net::encode_frame(Opcode::text, std::string(65536, 'a')).starts_with("\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"s));
    EXPECT_EQ(net::close_payload(1000, std::string(200, 'x')).size(), 125u);
}

namespace {

http::Request handshake_request()
{
    http::Request request;
    request.method = "GET";
    request.headers.add("Upgrade", "WebSocket");
    request.headers.add("Connection", "keep-alive, Upgrade");
    request.headers.add("Sec-WebSocket-Version", "13");
    request.headers.add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    return request;
}

} // namespace

TEST(Handshake, IsCheckedField)
{
    EXPECT_EQ(http::check_handshake(handshake_request()).accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); // RFC 6455, 1.3
    const std::vector<std::tuple<std::string, std::string, int>> changes{
        {"Upgrade", "h2c", 426},
        {"Connection", "keep-alive", 426},
        {"Sec-WebSocket-Version", "8", 426},
        {"Sec-WebSocket-Version", "13, 8", 426},
        {"Sec-WebSocket-Key", "", 400},
        {"Sec-WebSocket-Key", "short==", 400},
        {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZR==", 400},
        {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j====", 400},
        {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j Q==", 400},
    };
    for (const auto& [name, value, status] : changes) {
        auto request = handshake_request();
        request.headers.set(name, value);
        EXPECT_EQ(http::check_handshake(request).refusal, status) << name << ": " << value;
    }
    auto twice = handshake_request();
    twice.headers.add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    EXPECT_EQ(http::check_handshake(twice).refusal, 400);
    auto post = handshake_request();
    post.method = "POST";
    EXPECT_EQ(http::check_handshake(post).refusal, 400);
}

namespace {

Task<> echo(net::WebSocket& socket)
{
    while (true) {
        auto message = co_await socket.read();
        if (!message || !*message)
            co_return;
        if (**message == "close please") {
            socket.close(4001, "as you wish");
            continue;
        }
        if (!co_await socket.write("echo " + **message))
            co_return;
    }
}

Task<> flood(net::WebSocket& socket)
{
    while (co_await socket.write(std::string(60'000, 'f'))) { }
}

/// The last thing that a conversation heard.
struct Heard {
    std::string outcome;
    http::Count ended;

    Task<> listen(net::WebSocket& socket)
    {
        const auto message = co_await socket.read();
        outcome = !message ? std::string(to_string(message.error().code)) : message->value_or("(end)");
        ended.add();
    }
};

const std::string upgrade = "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

std::string closed(int code, const std::string& reason = {})
{
    return net::encode_frame(Opcode::close, net::close_payload(code, reason));
}

} // namespace

TEST(WebSocket, UpgradesAndConverses)
{
    Served served;
    served.handler.sockets["/ws"] = echo;
    RawClient client(served.port());
    client.send(upgrade + text("early")); // may come with the handshake
    const auto head = client.read_until("\r\n\r\n");
    EXPECT_TRUE(head.starts_with("HTTP/1.1 101 Switching Protocols\r\n"));
    EXPECT_TRUE(head.contains("Upgrade: websocket\r\n"));
    EXPECT_TRUE(head.contains("Connection: Upgrade\r\n"));
    EXPECT_TRUE(head.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
    EXPECT_FALSE(head.contains("Content-Length"));
    EXPECT_EQ(client.read_bytes(12), net::encode_frame(Opcode::text, "echo early"));
    client.send(frame(0x89, "are you there"));
    EXPECT_EQ(client.read_bytes(15), net::encode_frame(Opcode::pong, "are you there"));
    client.send(text("你"));
    EXPECT_EQ(client.read_bytes(10), net::encode_frame(Opcode::text, "echo 你"));
    client.send(frame(0x88, "\x03\xe9going"));
    EXPECT_EQ(client.read_all(), closed(1001));
}

TEST(WebSocket, IsClosedByTheServer)
{
    Served served;
    served.handler.sockets["/ws"] = echo;
    RawClient client(served.port());
    client.send(upgrade + text("close please") + text("too late"));
    client.read_until("\r\n\r\n");
    const auto farewell = closed(4001, "as you wish");
    EXPECT_EQ(client.read_bytes(farewell.size()), farewell);
    client.send(frame(0x88, "\x0f\xa1"));
    EXPECT_EQ(client.read_all(), "");
}

TEST(WebSocket, ClosesWithTheFittingCode)
{
    Served served({.message_bytes_max = 100});
    Heard heard;
    served.handler.sockets["/ws"] = [&](net::WebSocket& socket) { return heard.listen(socket); };
    const std::vector<std::tuple<std::string, int, std::string>> cases{
        {frame(0x82, "binary"), 1003, "invalid"},
        {text("\xff"), 1007, "invalid"},
        {text(std::string(101, 'x')), 1009, "too_large"},
        {frame(0x81, "unmasked", false), 1002, "invalid"},
    };
    int count = 0;
    for (const auto& [bytes, code, outcome] : cases) {
        RawClient client(served.port());
        client.send(upgrade + bytes);
        client.read_until("\r\n\r\n");
        EXPECT_EQ(client.read_bytes(4), closed(code));
        ASSERT_TRUE(heard.ended.reaches(++count));
        EXPECT_EQ(heard.outcome, outcome);
    }
}

TEST(WebSocket, RefusesABadHandshake)
{
    Served served;
    served.handler.sockets["/ws"] = echo;
    RawClient plain(served.port());
    plain.send("GET /ws HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(plain.read_all().starts_with("HTTP/1.1 426 Upgrade Required\r\n"));
    RawClient bad(served.port());
    bad.send("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n");
    EXPECT_TRUE(bad.read_all().starts_with("HTTP/1.1 400 Bad Request\r\n"));
}

TEST(WebSocket, PingsAndGivesUpOnSilence)
{
    Served served({.ping_interval = 60ms});
    Heard heard;
    served.handler.sockets["/ws"] = [&](net::WebSocket& socket) { return heard.listen(socket); };
    RawClient client(served.port());
    client.send(upgrade);
    client.read_until("\r\n\r\n");
    EXPECT_EQ(client.read_bytes(2), net::encode_frame(Opcode::ping, ""));
    EXPECT_TRUE(heard.ended.reaches(1)); // it never answers
    EXPECT_EQ(heard.outcome, "timeout");
}

TEST(WebSocket, NoticesAClientThatVanishes)
{
    Served served;
    Heard heard;
    served.handler.sockets["/ws"] = [&](net::WebSocket& socket) { return heard.listen(socket); };
    RawClient client(served.port());
    client.send(upgrade);
    client.read_until("\r\n\r\n");
    client.leave();
    EXPECT_TRUE(heard.ended.reaches(1));
    EXPECT_EQ(heard.outcome, "(end)");
}

TEST(WebSocket, CutsAClientThatDoesNotRead)
{
    Served served({.write_timeout = 100ms});
    served.handler.sockets["/ws"] = flood;
    RawClient client(served.port(), 4096);
    client.send(upgrade);
    client.read_until("\r\n\r\n");
    while (served.server().connections() > 0)
        std::this_thread::yield();
}

TEST(WebSocket, IsToldWhenTheServerStops)
{
    Served served;
    served.handler.sockets["/ws"] = echo;
    RawClient client(served.port());
    client.send(upgrade + text("x"));
    client.read_until("echo x");
    auto drained = served.drain(10s);
    const auto farewell = closed(1001, "the server stops");
    EXPECT_EQ(client.read_bytes(farewell.size()), farewell);
    client.send(frame(0x88, "\x03\xe9"));
    EXPECT_EQ(client.read_all(), "");
    client.leave();
    drained.get();
}
