#include "models/llm/endpoint.hpp"

#include <gtest/gtest.h>

using namespace siyu;

TEST(Endpoint, IsReadWithAndWithoutV1)
{
    for (const auto* url : {"http://Models:8000", "http://models:8000/", "http://models:8000/v1", "HTTP://models:8000/v1/"}) {
        const auto endpoint = llm::parse_endpoint(url, "key");
        ASSERT_TRUE(endpoint) << url;
        EXPECT_EQ(endpoint->origin, "http://models:8000");
        EXPECT_EQ(endpoint->prefix, "");
        EXPECT_EQ(endpoint->key, "key");
    }
}

TEST(Endpoint, KeepsAPathBeforeV1)
{
    const auto endpoint = llm::parse_endpoint("http://gateway/team/a/v1", {});
    ASSERT_TRUE(endpoint);
    EXPECT_EQ(endpoint->origin, "http://gateway:80");
    EXPECT_EQ(endpoint->prefix, "/team/a");
}

TEST(Endpoint, KnowsLoopback)
{
    EXPECT_TRUE(llm::parse_endpoint("http://127.0.0.1:1", {})->is_loopback());
    EXPECT_TRUE(llm::parse_endpoint("http://[::1]:1", {})->is_loopback());
    EXPECT_TRUE(llm::parse_endpoint("http://localhost:1", {})->is_loopback());
    EXPECT_FALSE(llm::parse_endpoint("http://10.0.0.1:1", {})->is_loopback());
}

TEST(Endpoint, RefusesWhatIsNoAddress)
{
    for (const auto* url : {"", "models:8000", "ftp://models", "http://", "http://:80", "http://models:0",
             "http://models:65536", "http://models:80x", "http://mod els", "http://models?x=1", "http://user@models",
             "https://models", "http://models:8\n0"})
        EXPECT_FALSE(llm::parse_endpoint(url, {})) << url;
}
