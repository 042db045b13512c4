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
