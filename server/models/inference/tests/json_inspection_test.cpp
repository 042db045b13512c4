#include "models/inference/json_inspection.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using namespace siyu::inference;

namespace {

std::string request(std::string rest)
{
    return R"({"model":"m","messages":[])" + rest + "}";
}

/// reason and field of the refusal; empty when it was taken.
std::string refusal(std::string body)
{
    const auto found = inspect_chat_request(body);
    return found ? "" : found.error().reason + (found.error().field.empty() ? "" : " " + found.error().field);
}

} // namespace

TEST(JsonInspection, FindsWhatItNeeds)
{
    std::string body =
        "{ \"messages\" : [ {\"role\":\"user\",\"content\":\"x\"} ] ,\n \"stream\": true, \"model\" :  \"a\\u0062\" \n, "
        "\"stream_options\":{\"include_usage\":true}, \"n\":1e3, \"x\":null }  ";
    const auto original = body;
    const auto found = inspect_chat_request(body);
    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_EQ(body, original);
    EXPECT_EQ(found->model, "ab");
    EXPECT_TRUE(found->is_stream);
    EXPECT_EQ(body.substr(found->model_begin, found->model_end - found->model_begin), "\"a\\u0062\"");

    auto spliced = splice_model(body, *found, "c\"d");
    EXPECT_EQ(spliced.size(), body.size() - 9 + 6);
    const auto again = inspect_chat_request(spliced);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->model, "c\"d");
    EXPECT_EQ(splice_model(spliced, *again, "ab"), splice_model(body, *found, "ab")); // all else is as it was
}

TEST(JsonInspection, RefusesNamesThatStandTwice)
{
    EXPECT_EQ(refusal(request(R"(,"model":"other")")), "duplicate_key model");
    EXPECT_EQ(refusal(request(R"(,"mod\u0065l":"other")")), "duplicate_key model");
    EXPECT_EQ(refusal(request(R"(,"a":[{"b":{"c":1,"d":2,"c":3}}])")), "duplicate_key c");
    EXPECT_EQ(refusal(request(R"(,"a":{"b":1},"b":{"b":1},"c":[{"b":1},{"b":1}])")), "");
    std::string many;
    for (int i = 0; i < 200; ++i)
        many += ",\"k" + std::to_string(i) + "\":0";
    EXPECT_EQ(refusal(request(many)), "");
    EXPECT_EQ(refusal(request(many + ",\"k3\":0")), "duplicate_key k3");
    EXPECT_EQ(refusal(request(many + ",\"k199\":0")), "duplicate_key k199");
}

TEST(JsonInspection, RefusesWrongEncodings)
{
    EXPECT_EQ(refusal(request(",\"a\":\"\xff\"")), "bad_json");
    EXPECT_EQ(refusal(request(",\"a\":\"\xc0\xaf\"")), "bad_json");
    EXPECT_EQ(refusal(request(",\"a\":\"\xed\xa0\x80\"")), "bad_json");
    for (const auto* surrogate :
        {R"(\ud800)", R"(\udc00)", R"(\ud800x)", R"(\ud800\u0041)", R"(\ud800\ud800)", R"(\udc00\ud800)"}) {
        EXPECT_EQ(refusal(request(",\"a\":\"" + std::string(surrogate) + "\"")), "bad_json") << surrogate;
        EXPECT_EQ(refusal(request(",\"" + std::string(surrogate) + "\":1")), "bad_json") << surrogate;
        EXPECT_NE(refusal("{\"messages\":[],\"model\":\"" + std::string(surrogate) + "\"}"), "") << surrogate;
    }
    EXPECT_EQ(refusal(request(R"(,"a":"\ud83d\ude00 巴黎 \u0000")")), "");
}

TEST(JsonInspection, RefusesWhatIsTooDeep)
{
    const auto nested = [](int depth) { return ",\"a\":" + std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_EQ(refusal(request(nested(63))), "");
    EXPECT_EQ(refusal(request(nested(64))), "too_deep");
    EXPECT_NE(refusal(request(",\"a\":" + std::string(100'000, '['))), "");
}

TEST(JsonInspection, RefusesWrongShapesWithTheFieldsName)
{
    EXPECT_EQ(refusal("[]"), "not_an_object");
    EXPECT_EQ(refusal("\"x\""), "not_an_object");
    EXPECT_EQ(refusal("7"), "not_an_object");
    EXPECT_EQ(refusal(R"({"messages":[]})"), "missing_field model");
    EXPECT_EQ(refusal(R"({"model":"m"})"), "missing_field messages");
    EXPECT_EQ(refusal(R"({"model":7,"messages":[]})"), "wrong_type model");
    EXPECT_EQ(refusal(R"({"model":null,"messages":[]})"), "wrong_type model");
    EXPECT_EQ(refusal(R"({"model":"m","messages":{}})"), "wrong_type messages");
    EXPECT_EQ(refusal(request(R"(,"stream":"yes")")), "wrong_type stream");
    EXPECT_EQ(refusal(request(R"(,"stream":null)")), "");
    EXPECT_EQ(refusal(request(R"(,"stream_options":[])")), "wrong_type stream_options");
}

TEST(JsonInspection, RefusesWhatIsNoJson)
{
    for (const auto* bad : {"", " ", "{", "nonsense", "{}x", "{\"model\"}", "{\"model\":\"m\",}", "{'model':'m'}", "{\"a\":01}",
             "{\"a\":+1}", "{\"a\":.5}", "{\"a\":tru}", "{\"a\":nul}", "{\"a\":nulll}", "{\"a\":\"\n\"}", "{\"a\":\"\\x\"}",
             "{\"a\":1 2}", "{\"a\":[1,]}", "{\"a\":[1}", "{\"a\":1]", "{\"a\":truefalse}"}) {
        std::string body = bad;
        if (body.starts_with("{\"a\"")) // the rest is in order
            body = R"({"model":"m","messages":[],)" + body.substr(1);
        EXPECT_NE(refusal(body), "") << bad;
        EXPECT_NE(refusal(body).substr(0, 13), "missing_field") << bad;
    }
    EXPECT_EQ(refusal(request("") + "x"), "bad_json");
    EXPECT_EQ(refusal(request("") + "{}"), "bad_json");
    EXPECT_EQ(refusal(request("") + " \r\n\t"), "");
}

TEST(JsonInspection, RefusesEveryBeginningOfARequest)
{
    const auto whole = request(R"(,"stream":true,"a":{"b":[1,-2.5e7,"\u4f60",null,false]})");
    ASSERT_EQ(refusal(whole), "");
    for (std::size_t cut = 0; cut < whole.size(); ++cut)
        EXPECT_NE(refusal(whole.substr(0, cut)), "") << cut;
}
