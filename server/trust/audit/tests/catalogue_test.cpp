#include "trust/audit/catalogue.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace siyu::audit {
namespace {

TEST(Catalogue, NamesEachActionOnce)
{
    std::set<std::string_view> names;
    for (const auto& action : all_actions()) {
        EXPECT_TRUE(names.insert(action.name).second) << action.name;
        EXPECT_NE(action.name.find('.'), std::string_view::npos);
    }
}

TEST(Catalogue, FindsByName)
{
    ASSERT_NE(find_action("turn.start"), nullptr);
    EXPECT_EQ(find_action("turn.start")->recording, Recording::durable);
    EXPECT_EQ(find_action("turn.nonsense"), nullptr);
}

} // namespace
} // namespace siyu::audit
