#include "app/api/route.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

using namespace siyu;
using namespace siyu::api;

namespace {

std::string name_of(const Route& route)
{
    return std::string(route.method) + " " + std::string(route.pattern);
}

} // namespace

// These two lists are the whole exception: whoever adds a route without a permission or an audit event adds it here, in sight.
TEST(Routes, ArePublicOnlyWhereThisListSaysSo)
{
    const std::set<std::string> allowed = {
        "GET /api/status", "POST /api/setup", "POST /api/session", "GET /health/live", "GET /health/ready", "GET /metrics"};
    std::set<std::string> found;
    for (const auto& route : routes())
        if (route.access.is_public())
            found.insert(name_of(route));
    EXPECT_EQ(found, allowed);
}

TEST(Routes, GoUnrecordedOnlyWhereThisListSaysSo)
{
    const std::set<std::string> allowed = {"GET /api/status", "GET /health/live", "GET /health/ready", "GET /metrics"};
    std::set<std::string> found;
    for (const auto& route : routes()) {
        if (route.recorder == Recorder::none)
            found.insert(name_of(route));
        else
            EXPECT_NE(audit::find_action(route.action.name), nullptr) << name_of(route);
    }
    EXPECT_EQ(found, allowed);
}

TEST(Routes, StandOnceEach)
{
    std::set<std::string> seen;
    for (const auto& route : routes())
        EXPECT_TRUE(seen.insert(name_of(route)).second) << name_of(route);
}

TEST(MatchRoute, FindsARouteWithItsValues)
{
    const auto match = match_route("POST", "/api/turns/019b/stop");
    ASSERT_NE(match.route, nullptr);
    EXPECT_EQ(match.route->pattern, "/api/turns/{id}/stop");
    EXPECT_EQ(match.values, std::vector<std::string>{"019b"});
}

TEST(MatchRoute, TellsAWrongMethodFromAWrongAddress)
{
    const auto wrong_method = match_route("DELETE", "/api/status");
    EXPECT_EQ(wrong_method.route, nullptr);
    EXPECT_TRUE(wrong_method.is_known_path);
    for (const auto* path : {"/api/nothing", "/api/turns//stop", "/api/turns/1/stop/", "/api/turns/1/stopped", "/api/status/",
             "/api", "", "/api/conversations/1/2/messages"})
        EXPECT_FALSE(match_route("GET", path).is_known_path) << path;
}
