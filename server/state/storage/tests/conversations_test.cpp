#include "state/storage/tests/fixture.hpp"

#include <boost/json/serialize.hpp>

namespace siyu::storage {
namespace {

using ConversationsContract = StorageTest;

TEST_F(ConversationsContract, GivesBackEveryField)
{
    const auto scope = scope_of(make_user("Anna"));
    Conversation made;
    made.id = ConversationId::make(clock_.now());
    made.owner = scope.principal;
    made.title = "题目";
    made.system_prompt = "Be brief.";
    made.model = "small";
    made.parameters = {{"temperature", 0.5}, {"seed", 7}};
    made.level = Level::l3_sensitive;
    made.is_archived = true;
    made.created_at = made.updated_at = tick();
    ASSERT_TRUE(commit(repositories().conversations->insert(scope, made)));

    const auto found = run(repositories().conversations->find(scope, made.id));

    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_EQ(found->title, made.title);
    EXPECT_EQ(found->system_prompt, made.system_prompt);
    EXPECT_EQ(found->model, made.model);
    EXPECT_EQ(found->parameters, made.parameters);
    EXPECT_EQ(found->level, made.level);
    EXPECT_TRUE(found->is_archived);
    EXPECT_FALSE(found->is_pinned);
    EXPECT_EQ(found->updated_at, made.updated_at);
}

TEST_F(ConversationsContract, AreAbsentForOthers)
{
    const auto anna = scope_of(make_user("Anna"));
    const auto bert = scope_of(make_user("Bert"));
    const auto conversation = make_conversation(anna, "secret");
    auto& conversations = *repositories().conversations;

    EXPECT_EQ(run(conversations.find(bert, conversation.id)).error().code, Errc::not_found);
    EXPECT_EQ(run(conversations.update(bert, conversation)).error().code, Errc::not_found);
    EXPECT_EQ(commit(conversations.erase(bert, conversation.id)).error().code, Errc::conflict);
    EXPECT_TRUE(run(conversations.list(bert, false, "", 10))->items.empty());
    EXPECT_TRUE(run(conversations.find(anna, conversation.id)));
}

TEST_F(ConversationsContract, UpdatesReplaceEveryEditableFieldAndOnlyRaiseTheLevel)
{
    const auto scope = scope_of(make_user("Anna"));
    auto conversation = make_conversation(scope, "old");
    auto& conversations = *repositories().conversations;
    conversation.title = "new";
    conversation.system_prompt = "Be kind.";
    conversation.is_pinned = true;
    conversation.level = Level::l4_secret;
    conversation.updated_at = tick();
    ASSERT_TRUE(commit(conversations.update(scope, conversation)));

    const auto found = run(conversations.find(scope, conversation.id));
    EXPECT_EQ(found->title, "new");
    EXPECT_EQ(found->system_prompt, "Be kind.");
    EXPECT_TRUE(found->is_pinned);
    EXPECT_EQ(found->level, Level::l4_secret);

    conversation.level = Level::l2_internal;
    EXPECT_EQ(commit(conversations.update(scope, conversation)).error().code, Errc::conflict);
}

TEST_F(ConversationsContract, TwoUpdatesOfOneStateDoNotOverwriteEachOther)
{
    const auto scope = scope_of(make_user("Anna"));
    auto conversation = make_conversation(scope, "old");
    auto& conversations = *repositories().conversations;
    const auto first = run(conversations.update(scope, conversation));
    const auto second = run(conversations.update(scope, conversation));

    EXPECT_TRUE(commit(first));
    EXPECT_EQ(commit(second).error().code, Errc::conflict);
}

TEST_F(ConversationsContract, ListPinnedFirstThenTheNewestInPages)
{
    const auto scope = scope_of(make_user("Anna"));
    auto& conversations = *repositories().conversations;
    std::vector<Conversation> made;
    for (int i = 0; i < 5; ++i)
        made.push_back(make_conversation(scope, std::to_string(i)));
    made[1].is_pinned = true;
    ASSERT_TRUE(commit(conversations.update(scope, made[1])));
    ASSERT_TRUE(commit(std::vector{conversations.touch(scope, made[0].id, tick())}));

    std::vector<std::string> order;
    std::string cursor;
    do {
        const auto page = run(conversations.list(scope, false, cursor, 2));
        ASSERT_TRUE(page) << page.error().detail;
        ASSERT_LE(page->items.size(), 2U);
        for (const auto& item : page->items)
            order.push_back(*item.title);
        cursor = page->next_cursor;
    } while (!cursor.empty());

    EXPECT_EQ(order, (std::vector<std::string>{"1", "0", "4", "3", "2"}));
    EXPECT_TRUE(run(conversations.list(scope, true, "", 10))->items.empty());
}

TEST_F(ConversationsContract, RefusesForeignCursors)
{
    const auto scope = scope_of(make_user("Anna"));
    for (const auto* cursor : {"x", "%%%", "Y29udmVyc2F0aW9ucw", "Y29udmVyc2F0aW9uczoxOjI"}) {
        const auto refused = run(repositories().conversations->list(scope, false, cursor, 10));
        ASSERT_FALSE(refused) << cursor;
        EXPECT_EQ(refused.error().code, Errc::invalid);
        EXPECT_EQ(refused.error().field, "cursor");
    }
}

TEST_F(ConversationsContract, ErasingTakesEverythingAlong)
{
    const auto scope = scope_of(make_user("Anna"));
    const auto conversation = make_conversation(scope, "going");
    const auto question = make_message(scope, conversation, "question");
    const auto answer = make_message(scope, conversation, "answer", question.id);
    const auto turn = make_turn(scope, question, answer);
    ASSERT_TRUE(commit(repositories().turns->append_chunk(
        scope, conversation.id, {.turn = turn.id, .first_seq = 1, .last_seq = 2, .content = {}})));
    const auto late = message_in(conversation, "late", question.id);
    const auto insert = run(repositories().messages->insert(scope, late));

    ASSERT_TRUE(commit(repositories().conversations->erase(scope, conversation.id)));

    EXPECT_EQ(count("SELECT count(*) FROM conversations"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM messages"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM turns"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM turn_chunks"), 0);
    EXPECT_EQ(run(repositories().messages->list(scope, conversation.id)).error().code, Errc::not_found);
    EXPECT_EQ(commit(insert).error().code, Errc::conflict);
}

} // namespace
} // namespace siyu::storage
