#include "core/base/text.hpp"
#include "state/storage/search.hpp"
#include "state/storage/tests/fixture.hpp"

namespace siyu::storage {
namespace {

using MessagesContract = StorageTest;

TEST_F(MessagesContract, GiveBackTheTreeInOrder)
{
    const auto scope = scope_of(make_user("Anna"));
    const auto conversation = make_conversation(scope);
    const auto question = make_message(scope, conversation, "法国的首都是哪里？");
    auto answer = message_in(conversation, "巴黎", question.id);
    answer.author = Author::assistant;
    answer.content.reasoning = "France → Paris";
    answer.content.unknown_parts.emplace_back(boost::json::object({{"type", "image"}, {"file", "a"}}));
    answer.state = TurnState::stopped;
    answer.turn = TurnId::make(clock_.now());
    answer.level = Level::l3_sensitive;
    answer.meta = {{"model", "small"}};
    ASSERT_TRUE(commit(repositories().messages->insert(scope, answer)));

    const auto messages = run(repositories().messages->list(scope, conversation.id));

    ASSERT_TRUE(messages) << messages.error().detail;
    ASSERT_EQ(messages->size(), 2U);
    EXPECT_EQ((*messages)[0].content.text, question.content.text);
    EXPECT_EQ((*messages)[0].author, Author::user);
    const auto& last = (*messages)[1];
    EXPECT_EQ(last.parent, question.id);
    EXPECT_EQ(last.author, Author::assistant);
    EXPECT_EQ(last.content.text, "巴黎");
    EXPECT_EQ(last.content.reasoning, "France → Paris");
    EXPECT_EQ(last.content.unknown_parts, answer.content.unknown_parts);
    EXPECT_EQ(last.state, TurnState::stopped);
    EXPECT_EQ(last.turn, answer.turn);
    EXPECT_EQ(last.level, Level::l3_sensitive);
    EXPECT_EQ(last.meta, answer.meta);
    EXPECT_EQ(run(repositories().messages->find(scope, last.id))->content.text, "巴黎");
}

TEST_F(MessagesContract, RefuseARepeatedIdAndAParentOfAnotherConversation)
{
    const auto scope = scope_of(make_user("Anna"));
    const auto conversation = make_conversation(scope);
    const auto other = make_conversation(scope);
    const auto message = make_message(scope, conversation, "once");

    EXPECT_EQ(commit(repositories().messages->insert(scope, message)).error().code, Errc::conflict);
    EXPECT_EQ(
        commit(repositories().messages->insert(scope, message_in(other, "stray", message.id))).error().code, Errc::conflict);
}

TEST_F(MessagesContract, AreAbsentForOthers)
{
    const auto anna = scope_of(make_user("Anna"));
    const auto bert = scope_of(make_user("Bert"));
    const auto conversation = make_conversation(anna, "secret");
    const auto message = make_message(anna, conversation, "secret");
    auto& messages = *repositories().messages;

    EXPECT_EQ(run(messages.list(bert, conversation.id)).error().code, Errc::not_found);
    EXPECT_EQ(run(messages.find(bert, message.id)).error().code, Errc::not_found);
    EXPECT_EQ(run(messages.insert(bert, message_in(conversation, "x"))).error().code, Errc::not_found);
    EXPECT_EQ(run(messages.update(bert, message)).error().code, Errc::not_found);
    EXPECT_TRUE(run(messages.search(bert, "secret", 10))->empty());
}

TEST_F(MessagesContract, UpdateOnlyFromTheRevisionBefore)
{
    const auto scope = scope_of(make_user("Anna"));
    auto message = make_message(scope, make_conversation(scope), "");
    message.content.text = "done";
    message.state = TurnState::done;
    message.revision = 2;
    ASSERT_TRUE(commit(repositories().messages->update(scope, message)));
    EXPECT_EQ(run(repositories().messages->find(scope, message.id))->content.text, "done");

    EXPECT_EQ(commit(repositories().messages->update(scope, message)).error().code, Errc::conflict);
}

TEST_F(MessagesContract, RefuseTextThatCouldNotBeReadBack)
{
    const auto scope = scope_of(make_user("Anna"));
    const auto refused = run(repositories().messages->insert(scope, message_in(make_conversation(scope), "\xff")));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::invalid);
}

TEST_F(MessagesContract, SearchFindsTitlesAndTextsNewestFirst)
{
    const auto scope = scope_of(make_user("Anna"));
    const auto first = make_conversation(scope, "About Paris");
    make_message(scope, first, "Where is the PARIS office?");
    const auto second = make_conversation(scope, "Other");
    make_message(scope, second, "nothing here");
    const auto hit = make_message(scope, second, "we go to paris");

    const auto hits = run(repositories().messages->search(scope, "Paris", 10));

    ASSERT_TRUE(hits) << hits.error().detail;
    ASSERT_EQ(hits->size(), 3U);
    EXPECT_EQ((*hits)[0].message, hit.id);
    EXPECT_EQ((*hits)[0].title, "Other");
    EXPECT_EQ((*hits)[0].snippet, "we go to paris");
    EXPECT_EQ((*hits)[1].snippet, "Where is the PARIS office?");
    EXPECT_FALSE((*hits)[2].message);
    EXPECT_EQ((*hits)[2].snippet, "About Paris");
    EXPECT_EQ(run(repositories().messages->search(scope, "paris", 1))->size(), 1U);
    EXPECT_EQ(run(repositories().messages->search(scope, "", 1)).error().code, Errc::invalid);
}

TEST_F(MessagesContract, SearchGoesThroughManyPages)
{
    const auto scope = scope_of(make_user("Anna"));
    const auto conversation = make_conversation(scope);
    const auto oldest = make_message(scope, conversation, "needle 针");
    std::vector<Change> changes;
    for (int i = 0; i < 1100; ++i)
        changes.push_back(*run(repositories().messages->insert(scope, message_in(conversation, "hay"))));
    ASSERT_TRUE(commit(std::move(changes)));

    const auto hits = run(repositories().messages->search(scope, "针", 10));
    ASSERT_EQ(hits->size(), 1U);
    EXPECT_EQ(hits->front().message, oldest.id);
}

TEST(Snippet, CutsBetweenCodePoints)
{
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += "中文";
    const auto at = text.size();
    text += "needle";
    for (int i = 0; i < 100; ++i)
        text += "中文";

    const auto snippet = snippet_of(text, at, 6);

    EXPECT_TRUE(snippet.starts_with("…"));
    EXPECT_TRUE(snippet.ends_with("…"));
    EXPECT_NE(snippet.find("文needle中"), std::string::npos);
    EXPECT_LT(snippet.size(), 250U);
    for (std::size_t start = 0; start < at; start += 3)
        EXPECT_TRUE(is_utf8(snippet_of(text, start, 3))) << start;
}

} // namespace
} // namespace siyu::storage
