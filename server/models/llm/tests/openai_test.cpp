#include "models/llm/providers/openai/chat_request.hpp"
#include "models/llm/providers/openai/errors.hpp"
#include "models/llm/providers/openai/model_list.hpp"
#include "models/llm/providers/openai/stream_reader.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using namespace siyu::llm;

namespace {

std::string chunk(std::string_view delta, std::string_view rest = "")
{
    return "data: {\"choices\":[{\"index\":0,\"delta\":{" + std::string(delta) + "}" + std::string(rest) + "}]}\n\n";
}

struct Outcome {
    std::string text;
    std::string reasoning;
    std::string arguments;
    std::string finish_reason;
    std::optional<TokenUsage> usage;
    std::string error; ///< its reason
};

void add(Outcome& outcome, const ChatDelta& delta)
{
    outcome.text += delta.text;
    outcome.reasoning += delta.reasoning;
    for (const auto& call : delta.tool_calls)
        outcome.arguments += call.name + call.arguments;
    outcome.finish_reason += delta.finish_reason;
    if (delta.usage)
        outcome.usage = delta.usage;
}

Outcome read(const std::vector<std::string_view>& pieces)
{
    openai::StreamReader reader;
    Outcome outcome;
    for (const auto piece : pieces) {
        const auto deltas = reader.feed(piece);
        if (!deltas) {
            outcome.error = deltas.error().reason;
            return outcome;
        }
        for (const auto& delta : *deltas)
            add(outcome, delta);
    }
    const auto last = reader.finish();
    if (last)
        add(outcome, *last);
    else
        outcome.error = last.error().reason;
    return outcome;
}

const std::string whole_stream = chunk(R"("role":"assistant","content":null)") + chunk(R"("content":"<thi")")
    + chunk(R"("content":"nk>先想")") + chunk(R"("content":"一想</th")") + chunk(R"("content":"ink>\n\n巴")") + ": ping\n\n"
    + chunk(R"("content":"黎 <think>")")
    + chunk(R"("tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"{\"a\""}}])")
    + chunk(R"("tool_calls":[{"index":0,"function":{"arguments":":1}"}}])") + chunk("", R"(,"finish_reason":"stop")")
    + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":9}}\r\n\r\n" + "data: [DONE]\n\n";

void expect_whole(const Outcome& outcome)
{
    EXPECT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.text, "巴黎 <think>");
    EXPECT_EQ(outcome.reasoning, "先想一想");
    EXPECT_EQ(outcome.arguments, "f{\"a\":1}");
    EXPECT_EQ(outcome.finish_reason, "stop");
    ASSERT_TRUE(outcome.usage);
    EXPECT_EQ(outcome.usage->prompt_tokens, 7);
    EXPECT_EQ(outcome.usage->completion_tokens, 9);
}

} // namespace

TEST(OpenaiStream, ReadsTheSameHoweverItIsCut)
{
    const std::string_view all = whole_stream;
    expect_whole(read({all}));
    for (std::size_t cut = 0; cut <= all.size(); ++cut) {
        SCOPED_TRACE(cut);
        expect_whole(read({all.substr(0, cut), all.substr(cut)}));
    }
    std::vector<std::string_view> bytes;
    for (std::size_t i = 0; i < all.size(); ++i)
        bytes.push_back(all.substr(i, 1));
    expect_whole(read(bytes));
}

TEST(OpenaiStream, KnowsWhenItWasCutOff)
{
    EXPECT_EQ(read({chunk(R"("content":"half")")}).error, "upstream_cut");
    EXPECT_EQ(read({}).error, "upstream_cut");
    EXPECT_EQ(read({chunk(R"("content":"all")", R"(,"finish_reason":"stop")")}).error, ""); // some servers say no [DONE]
}

TEST(OpenaiStream, TakesReasoningByItsOwnName)
{
    EXPECT_EQ(read({chunk(R"("reasoning_content":"a","reasoning":"a")"), "data: [DONE]\n\n"}).reasoning, "a");
    EXPECT_EQ(read({chunk(R"("reasoning":"b")"), "data: [DONE]\n\n"}).reasoning, "b");
}

TEST(OpenaiStream, TellsAnErrorEventAndNonsense)
{
    EXPECT_EQ(read({"data: {\"error\":{\"code\":500,\"message\":\"x\"}}\n\n"}).error, "upstream_error");
    EXPECT_EQ(read({"data: {\"error\":{\"code\":400,\"type\":\"exceed_context_size_error\"}}\n\n"}).error, "context_exceeded");
    EXPECT_EQ(read({"data: nonsense\n\n"}).error, "upstream_malformed");
    EXPECT_EQ(read({"data: []\n\n"}).error, "upstream_malformed");
    EXPECT_EQ(read({"data: {\"choices\":[7,null],\"usage\":3}\n\ndata: [DONE]\n\n"}).error, "");
}

TEST(OpenaiStream, KeepsAThoughtThatNeverEnded)
{
    const auto outcome = read({chunk(R"("content":"<think>deep </thin")"), "data: [DONE]\n\n"});
    EXPECT_EQ(outcome.reasoning, "deep </thin");
    EXPECT_EQ(outcome.text, "");
    EXPECT_EQ(read({chunk(R"("content":" <thi")"), "data: [DONE]\n\n"}).text, " <thi");
}

TEST(OpenaiErrors, GetTheReasonThatSaysWhatToDo)
{
    const auto reason = [](int status, std::string_view body) { return openai::read_error(status, body).reason; };
    EXPECT_EQ(reason(401, "{}"), "upstream_auth");
    EXPECT_EQ(reason(403, ""), "upstream_auth");
    EXPECT_EQ(reason(404, "{}"), "upstream_model_not_found");
    EXPECT_EQ(reason(429, "slow down"), "upstream_rate_limited");
    EXPECT_EQ(reason(503, R"({"error":{"message":"Loading model"}})"), "model_loading");
    EXPECT_EQ(reason(503, "{}"), "model_overloaded");
    EXPECT_EQ(reason(400, R"({"error":{"code":"context_length_exceeded"}})"), "context_exceeded");
    EXPECT_EQ(reason(400, R"({"error":"bad"})"), "upstream_refused");
    EXPECT_EQ(reason(500, "<html>"), "upstream_error");
    EXPECT_EQ(openai::read_error(400, R"({"error":{"message":"secret prompt"}})").detail.find("secret"), std::string::npos);
}

TEST(OpenaiRequest, HoldsWhatWasAskedAndNoMore)
{
    EXPECT_EQ(
        openai::write_chat_request({.messages = {{ChatRole::system, "s"}, {ChatRole::user, "u\n"}}, .max_tokens = 5}, "m"),
        R"({"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"u\n"}],)"
        R"("stream":true,"stream_options":{"include_usage":true},"max_tokens":5})");
}

TEST(OpenaiModels, AreReadWithTheirWindow)
{
    const auto llama = openai::read_model_list(
        R"({"object":"list","models":[{}],"data":[{"id":"a","owned_by":"llamacpp","meta":{"n_ctx":4096}}]})");
    ASSERT_TRUE(llama);
    EXPECT_EQ(llama->names, std::vector<std::string>{"a"});
    EXPECT_TRUE(llama->is_llama_cpp);
    EXPECT_EQ(llama->context_window, 4096);

    const auto vllm =
        openai::read_model_list(R"({"data":[{"id":"a","max_model_len":9},{"id":"b","max_model_len":8},{"x":1},3]})");
    ASSERT_TRUE(vllm);
    EXPECT_EQ(vllm->names.size(), 2u);
    EXPECT_EQ(vllm->context_window, 8);

    for (const auto* bad : {"", "[]", "{}", R"({"data":{}})", R"({"data":[]})", "<html>"})
        EXPECT_FALSE(openai::read_model_list(bad)) << bad;

    const auto properties = openai::read_properties(R"({"total_slots":2,"default_generation_settings":{"n_ctx":4096}})");
    EXPECT_EQ(properties.slots, 2);
    EXPECT_EQ(properties.context_window, 4096);
    EXPECT_FALSE(openai::read_properties("nonsense").slots);
}
