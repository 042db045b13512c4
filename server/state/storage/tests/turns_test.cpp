#include "state/storage/tests/fixture.hpp"

namespace siyu::storage {
namespace {

class TurnsContract : public StorageTest {
protected:
    void SetUp() override
    {
        StorageTest::SetUp();
        scope_ = scope_of(make_user("Anna"));
        conversation_ = make_conversation(scope_);
        question_ = make_message(scope_, conversation_, "question");
        answer_ = make_message(scope_, conversation_, "", question_.id);
        turn_ = make_turn(scope_, question_, answer_);
    }
    Turns& turns() { return *repositories().turns; }
    Result<void> end(std::int64_t attempt, TurnState state)
    {
        return commit(std::vector{turns().end(default_tenant, turn_.id, attempt, state, tick())});
    }

    Scope scope_;
    Conversation conversation_;
    Message question_;
    Message answer_;
    Turn turn_;
};

TEST_F(TurnsContract, GiveBackEveryField)
{
    const auto found = run(turns().find(scope_, turn_.id));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->conversation, conversation_.id);
    EXPECT_EQ(found->question, question_.id);
    EXPECT_EQ(found->answer, answer_.id);
    EXPECT_EQ(found->owner, scope_.principal);
    EXPECT_EQ(found->model, "small");
    EXPECT_EQ(found->state, TurnState::running);
    EXPECT_EQ(found->attempt, 1);
    EXPECT_EQ(found->node, storage_->node());
    EXPECT_EQ(found->started_at, turn_.started_at);
    EXPECT_FALSE(found->ended_at);
}

TEST_F(TurnsContract, EndOnceFromRunningOfTheirAttempt)
{
    EXPECT_EQ(end(2, TurnState::done).error().code, Errc::conflict);
    ASSERT_TRUE(end(1, TurnState::interrupted));
    EXPECT_EQ(end(1, TurnState::done).error().code, Errc::conflict);
    EXPECT_EQ(run(turns().find(scope_, turn_.id))->state, TurnState::interrupted);
}

TEST_F(TurnsContract, RestartOnlyWhenTheyDoNotRun)
{
    const auto restart = [this] { return commit(std::vector{turns().restart(default_tenant, turn_.id, 2, "n", tick())}); };
    EXPECT_EQ(restart().error().code, Errc::conflict);
    ASSERT_TRUE(end(1, TurnState::stopped));
    ASSERT_TRUE(restart());
    const auto again = run(turns().find(scope_, turn_.id));
    EXPECT_EQ(again->attempt, 2);
    EXPECT_EQ(again->state, TurnState::running);
    EXPECT_FALSE(again->ended_at);
    EXPECT_EQ(restart().error().code, Errc::conflict);
}

TEST_F(TurnsContract, AreFoundByTheirQuestionAndByTheirNode)
{
    make_turn(scope_, question_, make_message(scope_, conversation_, "", question_.id));
    EXPECT_EQ(run(turns().find_by_question(scope_, question_.id))->id, turn_.id);
    EXPECT_EQ(run(turns().list_running(default_tenant, storage_->node()))->size(), 2U);
    EXPECT_TRUE(run(turns().list_running(default_tenant, "another"))->empty());
    ASSERT_TRUE(end(1, TurnState::done));
    EXPECT_EQ(run(turns().list_running(default_tenant, storage_->node()))->size(), 1U);
}

TEST_F(TurnsContract, AreAbsentForOthers)
{
    const auto bert = scope_of(make_user("Bert"));
    EXPECT_EQ(run(turns().find(bert, turn_.id)).error().code, Errc::not_found);
    EXPECT_EQ(run(turns().find_by_question(bert, question_.id)).error().code, Errc::not_found);
    EXPECT_EQ(run(turns().chunks(bert, turn_.id, 1)).error().code, Errc::not_found);
    EXPECT_EQ(run(turns().append_chunk(bert, conversation_.id, {.turn = turn_.id})).error().code, Errc::not_found);
}

TEST_F(TurnsContract, KeepTheirChunksInOrderByAttempt)
{
    const auto append = [this](std::int64_t attempt, std::int64_t first, std::string text) {
        TurnChunk chunk{.turn = turn_.id, .attempt = attempt, .first_seq = first, .last_seq = first + 4, .content = {}};
        chunk.content.text = std::move(text);
        return commit(turns().append_chunk(scope_, conversation_.id, chunk));
    };
    ASSERT_TRUE(append(1, 6, "second"));
    ASSERT_TRUE(append(1, 1, "first"));
    ASSERT_TRUE(append(2, 1, "other"));
    EXPECT_EQ(append(1, 1, "first").error().code, Errc::conflict);

    const auto chunks = run(turns().chunks(scope_, turn_.id, 1));
    ASSERT_TRUE(chunks) << chunks.error().detail;
    ASSERT_EQ(chunks->size(), 2U);
    EXPECT_EQ((*chunks)[0].content.text, "first");
    EXPECT_EQ((*chunks)[1].content.text, "second");
    EXPECT_EQ((*chunks)[1].last_seq, 10);

    ASSERT_TRUE(commit(std::vector{turns().drop_chunks(default_tenant, turn_.id)}));
    EXPECT_TRUE(run(turns().chunks(scope_, turn_.id, 1))->empty());
}

TEST_F(TurnsContract, UsageIsKept)
{
    Usage usage{.user = scope_.principal,
        .credential_id = "session",
        .model = "small",
        .provider = "llama",
        .prompt_tokens = 11,
        .completion_tokens = 22,
        .at = clock_.now()};
    ASSERT_TRUE(commit(std::vector{repositories().usage->insert(default_tenant, usage)}));
    EXPECT_EQ(count("SELECT prompt_tokens + completion_tokens FROM usage"), 33);
}

} // namespace
} // namespace siyu::storage
