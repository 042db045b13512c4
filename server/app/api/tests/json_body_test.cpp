#include "app/api/json_body.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using namespace siyu::api;

namespace {

std::string reason_of(std::string_view body)
{
    JsonBody reader(body);
    reader.text("name", 1, 3);
    reader.optional_bool("pinned");
    reader.optional_integer("limit", 1, 10);
    reader.nullable_text("model", 0, 5);
    const auto finished = reader.finish();
    return finished ? "ok" : finished.error().reason + ":" + finished.error().field;
}

} // namespace

TEST(JsonBody, NamesWhatIsWrongAndWhere)
{
    EXPECT_EQ(reason_of(R"({"name":"abc"})"), "ok");
    EXPECT_EQ(reason_of(R"({"name":"私语了","model":null,"pinned":true,"limit":10})"), "ok");
    EXPECT_EQ(reason_of(R"({})"), "missing_field:name");
    EXPECT_EQ(reason_of(""), "missing_field:name");
    EXPECT_EQ(reason_of(R"({"name":""})"), "empty_field:name");
    EXPECT_EQ(reason_of(R"({"name":"abcd"})"), "too_long:name");
    EXPECT_EQ(reason_of(R"({"name":1})"), "wrong_type:name");
    EXPECT_EQ(reason_of(R"({"name":null})"), "wrong_type:name");
    EXPECT_EQ(reason_of(R"({"name":"a\u0000"})"), "control_character:name");
    EXPECT_EQ(reason_of(R"({"name":"a","pinned":"yes"})"), "wrong_type:pinned");
    EXPECT_EQ(reason_of(R"({"name":"a","limit":11})"), "out_of_range:limit");
    EXPECT_EQ(reason_of(R"({"name":"a","limit":1.5})"), "wrong_type:limit");
    EXPECT_EQ(reason_of(R"({"name":"a","other":1})"), "unknown_field:other");
    EXPECT_EQ(reason_of(R"({"name":"a","name":"b"})"), "duplicate_key:name");
    EXPECT_EQ(reason_of("[]"), "not_an_object:");
    EXPECT_EQ(reason_of("{"), "bad_json:");
}

TEST(JsonBody, TellsAbsentFromNull)
{
    JsonBody absent(R"({})");
    EXPECT_FALSE(absent.nullable_text("model", 0, 5).has_value());
    JsonBody null(R"({"model":null})");
    const auto value = null.nullable_text("model", 0, 5);
    ASSERT_TRUE(value.has_value());
    EXPECT_FALSE(value->has_value());
}
