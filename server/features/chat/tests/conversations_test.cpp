#include "features/chat/limits.hpp"
#include "features/chat/tests/fixture.hpp"

using namespace siyu;
using namespace siyu::chat;
using testkit::Script;

namespace {

class ConversationsTest : public ChatTest { };

} // namespace

TEST_F(ConversationsTest, AreMadeChangedListedAndDeletedWithTheirRecords)
{
    const auto id = new_conversation({.title = "  First ", .parameters = boost::json::object{{"temperature", 0.5}}});
    auto& conversations = chat->conversations();
    const auto changed = run(conversations.update(as(alice), id, {.pinned = true, .system_prompt = "Be brief."}));
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->title, "First");
    EXPECT_TRUE(changed->is_pinned);
    const auto found = run(conversations.find(as(alice), id));
    EXPECT_EQ(found->system_prompt, "Be brief.");
    EXPECT_EQ(found->parameters.at("temperature").as_double(), 0.5);
    EXPECT_EQ(run(conversations.list(as(alice), false, "", 10))->items.size(), 1u);
    EXPECT_FALSE(run(conversations.update(as(alice), id, {.system_prompt = std::optional<std::string>()}))->system_prompt);
    ASSERT_TRUE(run(conversations.erase(as(alice), id)));
    EXPECT_EQ(run(conversations.find(as(alice), id)).error().code, Errc::not_found);
    for (const auto* action : {"conversation.create", "conversation.list", "conversation.read", "conversation.delete"})
        EXPECT_EQ(journal->count(action), 1) << action;
    EXPECT_EQ(journal->count("conversation.update"), 2);
}

TEST_F(ConversationsTest, HideWhatIsAnothers)
{
    const auto id = new_conversation();
    auto& conversations = chat->conversations();
    EXPECT_EQ(run(conversations.find(as(bob), id)).error().code, Errc::not_found);
    EXPECT_EQ(run(conversations.update(as(bob), id, {.pinned = true})).error().code, Errc::not_found);
    EXPECT_EQ(run(conversations.erase(as(bob), id)).error().code, Errc::not_found);
    EXPECT_EQ(run(conversations.messages(as(bob), id)).error().code, Errc::not_found);
    EXPECT_TRUE(run(conversations.list(as(bob), false, "", 10))->items.empty());
    EXPECT_EQ(journal->count("conversation.read"), 0);
}

TEST_F(ConversationsTest, RefuseWhatTheContractDoesNotAdmit)
{
    const auto field = [this](ConversationPatch patch) {
        const auto made = run(chat->conversations().create(as(alice), std::move(patch)));
        return made ? "" : made.error().field;
    };
    EXPECT_EQ(field({.title = " "}), "title");
    EXPECT_EQ(field({.title = std::string(title_chars_max + 1, 'x')}), "title");
    EXPECT_EQ(field({.system_prompt = std::string(system_prompt_chars_max + 1, 'x')}), "system_prompt");
    EXPECT_EQ(field({.parameters = boost::json::object{{"temperature", 3}}}), "parameters.temperature");
    EXPECT_EQ(field({.parameters = boost::json::object{{"max_tokens", 1.5}}}), "parameters.max_tokens");
    EXPECT_EQ(field({.parameters = boost::json::object{{"other", 1}}}), "parameters.other");
}

TEST_F(ConversationsTest, StopTheirTurnsBeforeTheyGo)
{
    imposter.on(chat_path, Script::stream().openai_text("x").stall());
    const auto id = new_conversation();
    const auto started = ask(id, "q");
    until([&] { return logs->find(started->turn)->last_seq() >= 4; });
    ASSERT_TRUE(run(chat->conversations().erase(as(alice), id)));
    EXPECT_TRUE(imposter.wait_for_left(1));
    EXPECT_EQ(run(chat->turns().find(as(alice), started->turn)).error().code, Errc::not_found);
    EXPECT_EQ(journal->count("turn.end"), 1);
}

TEST_F(ConversationsTest, AreSearched)
{
    imposter.on(chat_path, Script::openai({"Paris is the capital"}));
    const auto id = new_conversation({.title = "named"});
    const auto started = ask(id, "q");
    follow(started->turn);
    const auto hits = run(chat->conversations().search(as(alice), "paris", 10));
    ASSERT_TRUE(hits);
    ASSERT_EQ(hits->size(), 1u);
    EXPECT_EQ(hits->at(0).message, started->answer);
    EXPECT_TRUE(run(chat->conversations().search(as(bob), "paris", 10))->empty());
    EXPECT_EQ(run(chat->conversations().search(as(alice), " ", 10)).error().field, "q");
    EXPECT_EQ(journal->count("message.search"), 2);
}
