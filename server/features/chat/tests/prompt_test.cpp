#include "features/chat/prompt.hpp"
#include "features/chat/text_count.hpp"
#include "features/chat/title.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using namespace siyu::chat;
using storage::Author;

namespace {

/// A straight conversation: user, assistant, user, …; ids are the numbers.
std::vector<storage::Message> path(std::vector<std::string> texts)
{
    std::vector<storage::Message> messages;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        storage::Message message{.id = MessageId{std::to_string(i)}, .author = i % 2 == 0 ? Author::user : Author::assistant};
        if (i > 0)
            message.parent = MessageId{std::to_string(i - 1)};
        message.content.text = texts[i];
        messages.push_back(message);
    }
    return messages;
}

/// "s:…|u:…|a:…"
std::string shown(const Result<std::vector<llm::ChatMessage>>& prompt)
{
    if (!prompt)
        return prompt.error().reason;
    std::string text;
    for (const auto& message : *prompt)
        text += std::string(text.empty() ? "" : "|") + "sua"[static_cast<int>(message.role)] + ":" + message.text;
    return text;
}

} // namespace

TEST(Prompt, IsThePathFromTheRootToTheQuestion)
{
    auto messages = path({"a", "b", "c"});
    messages.push_back(
        {.id = MessageId{"x"}, .parent = MessageId{"0"}, .author = Author::assistant, .content = {.text = "other"}});
    EXPECT_EQ(
        shown(assemble_prompt({.system_prompt = "S", .messages = messages, .question = MessageId{"2"}})), "s:S|u:a|a:b|u:c");
    EXPECT_EQ(shown(assemble_prompt({.messages = messages, .question = MessageId{"0"}})), "u:a");
    EXPECT_EQ(
        shown(assemble_prompt({.messages = messages, .question = MessageId{"2"}, .begun_answer = "be"})), "u:a|a:b|u:c|a:be");
}

TEST(Prompt, JoinsWhatAnEmptyAnswerLeft)
{
    EXPECT_EQ(shown(assemble_prompt({.messages = path({"a", "", "c"}), .question = MessageId{"2"}})), "u:a\n\nc");
}

TEST(Prompt, DropsTheOldestExchangesFirst)
{
    const std::string long_text(600, 'x'); // about 180 tokens
    const auto messages = path({long_text, "answer", long_text, "reply", "question"});
    const auto at = [&](std::int64_t window) {
        return shown(assemble_prompt(
            {.system_prompt = "S", .messages = messages, .question = MessageId{"4"}, .context_window = window}));
    };
    EXPECT_EQ(at(2000), "s:S|u:" + long_text + "|a:answer|u:" + long_text + "|a:reply|u:question");
    EXPECT_EQ(at(400), "s:S|u:" + long_text + "|a:reply|u:question");
    EXPECT_EQ(at(120), "s:S|u:question"); // an answer without its question is of no use
    EXPECT_EQ(at(40), "prompt_too_long");
}

TEST(Prompt, GoesRoundNoBrokenTree)
{
    auto messages = path({"a", "b", "c"});
    messages[0].parent = MessageId{"2"};
    EXPECT_EQ(shown(assemble_prompt({.messages = messages, .question = MessageId{"2"}})), "u:a|a:b|u:c");
    EXPECT_FALSE(assemble_prompt({.messages = messages, .question = MessageId{"gone"}}));
}

TEST(TokenEstimate, IsHighRatherThanLow)
{
    EXPECT_EQ(token_estimate(""), 0);
    EXPECT_GE(token_estimate("The quick brown fox jumps over the lazy dog"), 10);
    EXPECT_GE(token_estimate("法国的首都是哪里"), 8);
    EXPECT_GE(token_estimate("3.14159"), 7);
}

TEST(TextCount, CountsCodePoints)
{
    EXPECT_EQ(char_count("巴黎x"), 3u);
    EXPECT_EQ(first_chars("巴黎x", 2), "巴黎");
    EXPECT_EQ(first_chars("巴黎x", 9), "巴黎x");
}

TEST(Title, IsOneCleanShortLine)
{
    EXPECT_EQ(clean_title("\n\"The capital of France\".\nBecause"), "The capital of France");
    EXPECT_EQ(clean_title("**标题：《法国的首都》**"), "法国的首都");
    EXPECT_EQ(clean_title("Title: # One"), "One");
    EXPECT_EQ(clean_title("  \n\"\""), "");
    EXPECT_EQ(char_count(clean_title(std::string(100, 'x'))), 40u);
    EXPECT_EQ(clean_title("a\x01\tb"), "ab");
}
