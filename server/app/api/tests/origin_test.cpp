#include "app/api/origin.hpp"

#include "app/api/client_address.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using namespace siyu::api;

namespace {

http::Request request_from(std::string origin, std::string host = "chat.example:3000")
{
    http::Request request{.method = "POST"};
    request.headers.add("Host", std::move(host));
    if (!origin.empty())
        request.headers.add("Origin", std::move(origin));
    return request;
}

std::string client_of(std::string peer, std::string forwarded)
{
    http::Request request;
    request.peer_address = std::move(peer);
    request.headers.add("X-Forwarded-For", std::move(forwarded));
    return ClientAddress({"10.0.0.0/8", "::1"}).of(request);
}

} // namespace

TEST(IsOwnOrigin, TakesItsOwnAddressTheConfiguredOnesAndPrograms)
{
    EXPECT_TRUE(is_own_origin(request_from("http://chat.example:3000"), {}));
    EXPECT_TRUE(is_own_origin(request_from("https://CHAT.example:3000"), {}));
    EXPECT_TRUE(is_own_origin(request_from(""), {}));
    EXPECT_TRUE(is_own_origin(request_from("https://intranet.example"), {"https://intranet.example"}));
}

TEST(IsOwnOrigin, RefusesPagesOfOtherSites)
{
    for (const auto* origin : {"http://evil.example", "http://chat.example", "http://chat.example:3000.evil.example", "null",
             "http://evil.example/?http://chat.example:3000", "chat.example:3000"})
        EXPECT_FALSE(is_own_origin(request_from(origin), {"https://intranet.example"})) << origin;
    auto without_origin = request_from("");
    without_origin.headers.add("Sec-Fetch-Site", "cross-site");
    EXPECT_FALSE(is_own_origin(without_origin, {}));
}

TEST(ClientAddress, BelievesForwardedAddressesFromTrustedProxiesOnly)
{
    EXPECT_EQ(client_of("203.0.113.9", "1.2.3.4"), "203.0.113.9");
    EXPECT_EQ(client_of("10.1.2.3", "1.2.3.4"), "1.2.3.4");
    EXPECT_EQ(client_of("10.1.2.3", "6.6.6.6, 1.2.3.4, 10.9.9.9"), "1.2.3.4");
    EXPECT_EQ(client_of("::1", "2001:db8::7"), "2001:db8::7");
    EXPECT_EQ(client_of("10.1.2.3", "1.2.3.4, nonsense"), "10.1.2.3");
    EXPECT_EQ(client_of("10.1.2.3", ""), "10.1.2.3");
}

TEST(ClientAddress, ReadsAllFieldsAsOneList)
{
    http::Request request;
    request.peer_address = "10.1.2.3";
    request.headers.add("X-Forwarded-For", "127.0.0.1"); // the client's own
    request.headers.add("x-forwarded-for", "1.2.3.4"); // the proxy's
    EXPECT_EQ(ClientAddress({"10.0.0.0/8"}).of(request), "1.2.3.4");
}

TEST(IsFromThisMachine, IsNeitherAProxyNorAForeignName)
{
    const auto asked = [](std::string_view address, std::string host, std::string field = {}) {
        http::Request request;
        request.headers.add("Host", std::move(host));
        if (!field.empty())
            request.headers.add(std::move(field), "1.2.3.4");
        return is_from_this_machine(request, address);
    };
    EXPECT_TRUE(asked("127.0.0.1", "127.0.0.1:3000"));
    EXPECT_TRUE(asked("127.0.0.1", "LocalHost:3000"));
    EXPECT_TRUE(asked("::1", "[::1]:3000"));
    EXPECT_FALSE(asked("192.0.2.1", "127.0.0.1:3000"));
    EXPECT_FALSE(asked("127.0.0.1", "chat.example"));
    EXPECT_FALSE(asked("127.0.0.1", "127.0.0.1.example:3000"));
    EXPECT_FALSE(asked("127.0.0.1", "[2001:db8::1]:3000"));
    for (const auto* field : {"X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"})
        EXPECT_FALSE(asked("127.0.0.1", "127.0.0.1:3000", field)) << field;
}

TEST(IsInNetwork, ComparesBits)
{
    EXPECT_TRUE(is_in_network("10.255.0.1", "10.0.0.0/8"));
    EXPECT_FALSE(is_in_network("11.0.0.1", "10.0.0.0/8"));
    EXPECT_TRUE(is_in_network("192.168.1.130", "192.168.1.128/25"));
    EXPECT_FALSE(is_in_network("192.168.1.127", "192.168.1.128/25"));
    EXPECT_TRUE(is_in_network("::ffff:10.0.0.1", "10.0.0.0/8"));
    EXPECT_TRUE(is_in_network("2001:db8::1", "2001:db8::/32"));
    EXPECT_FALSE(is_in_network("10.0.0.1", "::/0"));
    EXPECT_FALSE(is_in_network("10.0.0.1", "10.0.0.0/33"));
    EXPECT_FALSE(is_in_network("nonsense", "10.0.0.0/8"));
}
