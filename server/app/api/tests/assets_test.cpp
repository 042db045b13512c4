#include "app/api/assets.hpp"

#include <gtest/gtest.h>

#include <array>

using namespace siyu;
using namespace siyu::api;

namespace {

constexpr std::array table = {
    Asset{"/index.html", "text/html; charset=utf-8", "\"1\"", false, "<html>", "BR", "GZ"},
    Asset{"/assets/app-12345678.js", "text/javascript", "\"2\"", true, "code", "", "gz"},
};

http::Response get(std::string path, std::string encoding = {}, std::string etag = {})
{
    http::Request request{.method = "GET", .path = std::move(path)};
    request.headers.add("Accept-Encoding", std::move(encoding));
    request.headers.add("If-None-Match", std::move(etag));
    return Assets(table).serve(request);
}

} // namespace

TEST(Assets, ChoosesTheSmallestCodingThatTheClientTakes)
{
    EXPECT_EQ(get("/", "gzip, deflate, br").static_body, "BR");
    EXPECT_EQ(get("/", "gzip").static_body, "GZ");
    EXPECT_EQ(get("/", "br;q=0, gzip;q=0").static_body, "<html>");
    EXPECT_EQ(get("/").static_body, "<html>");
    EXPECT_EQ(get("/assets/app-12345678.js", "br, gzip").static_body, "gz");
}

TEST(Assets, GivesThePageForItsAddressesButNeverForAMissingFile)
{
    EXPECT_EQ(get("/c/019b76da").static_body, "<html>");
    EXPECT_NE(get("/").headers.find("Content-Security-Policy").find("script-src 'self'"), std::string_view::npos);
    EXPECT_EQ(get("/assets/gone-00000000.js").status, 404);
}

TEST(Assets, LetsHashedNamesBeKeptForeverAndOthersBeAskedFor)
{
    EXPECT_NE(get("/assets/app-12345678.js").headers.find("Cache-Control").find("immutable"), std::string_view::npos);
    EXPECT_EQ(get("/").headers.find("Cache-Control"), "no-cache");
    const auto unchanged = get("/", "br", "\"1\"");
    EXPECT_EQ(unchanged.status, 304);
    EXPECT_TRUE(unchanged.static_body.empty());
}
