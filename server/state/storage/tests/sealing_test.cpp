#include "io/db/sqlite.hpp"
#include "state/storage/tests/fixture.hpp"

#include <sys/stat.h>

#include <fstream>
#include <sstream>

namespace siyu::storage {
namespace {

class SealedStorage : public StorageTest {
protected:
    void SetUp() override
    {
        StorageTest::SetUp();
        scope_ = scope_of(make_user("Anna"));
        conversation_ = make_conversation(scope_, "title");
        first_ = make_message(scope_, conversation_, "first");
        second_ = make_message(scope_, conversation_, "second");
    }
    void edit(std::string_view sql)
    {
        const auto connection = *storage_->database().connect();
        const auto done = connection->execute(sql);
        ASSERT_TRUE(done) << done.error().detail;
    }
    void expect_corrupt(const Message& message)
    {
        const auto found = run(repositories().messages->find(scope_, message.id));
        ASSERT_FALSE(found);
        EXPECT_EQ(found.error().code, Errc::corrupt);
    }

    Scope scope_;
    Conversation conversation_;
    Message first_;
    Message second_;
};

TEST_F(SealedStorage, RefusesTextsMovedBetweenRows)
{
    edit("CREATE TABLE copy AS SELECT id, sealed FROM messages");
    edit("UPDATE messages SET sealed = (SELECT sealed FROM copy WHERE copy.id <> messages.id)");
    expect_corrupt(first_);
    expect_corrupt(second_);
}

TEST_F(SealedStorage, RefusesAChangedLevelRevisionOrConversation)
{
    edit("UPDATE messages SET level = 1");
    expect_corrupt(first_);
    edit("UPDATE messages SET level = 2, revision = 2");
    expect_corrupt(first_);
    edit("UPDATE messages SET revision = 1");
    EXPECT_TRUE(run(repositories().messages->find(scope_, first_.id)));
    edit("UPDATE conversations SET level = 1");
    EXPECT_EQ(run(repositories().conversations->find(scope_, conversation_.id)).error().code, Errc::corrupt);
}

TEST_F(SealedStorage, RefusesAnOlderTextOfTheSameRow)
{
    edit("CREATE TABLE older AS SELECT id, sealed FROM messages");
    auto message = first_;
    message.content.text = "newer";
    message.revision = 2;
    ASSERT_TRUE(commit(repositories().messages->update(scope_, message)));
    edit("UPDATE messages SET sealed = (SELECT sealed FROM older o WHERE o.id = messages.id)");
    expect_corrupt(first_);
}

TEST_F(SealedStorage, GivesEveryConversationAKeyOfItsOwn)
{
    const auto other = make_conversation(scope_, "other");
    edit("CREATE TABLE copy AS SELECT id, wrapped_key FROM conversations");
    edit("UPDATE conversations SET wrapped_key = (SELECT wrapped_key FROM copy WHERE copy.id <> conversations.id)");
    EXPECT_FALSE(run(repositories().conversations->find(scope_, other.id)));
}

TEST_F(SealedStorage, NeverWritesWhatIsSaidInClear)
{
    const std::vector<std::string> canaries = {"canary-Kestrel-7731", "金丝雀机密七七三一"};
    for (const auto& canary : canaries) {
        auto conversation = make_conversation(scope_, "title " + canary);
        conversation.system_prompt = "prompt " + canary;
        ASSERT_TRUE(commit(repositories().conversations->update(scope_, conversation)));
        const auto question = make_message(scope_, conversation, "question " + canary);
        auto answer = make_message(scope_, conversation, "", question.id);
        const auto turn = make_turn(scope_, question, answer);
        TurnChunk chunk{.turn = turn.id, .first_seq = 1, .last_seq = 2, .content = {}};
        chunk.content.reasoning = "unfinished " + canary;
        ASSERT_TRUE(commit(repositories().turns->append_chunk(scope_, conversation.id, chunk)));
        EXPECT_EQ(run(repositories().messages->search(scope_, canary, 10))->size(), 2U);
    }
    storage_.reset();

    std::size_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory_)) {
        if (!entry.is_regular_file())
            continue;
        std::ostringstream out;
        out << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        bytes += out.str().size();
        for (const auto& canary : canaries)
            EXPECT_EQ(out.str().find(canary), std::string::npos) << entry.path();
        struct stat status{};
        ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0077U, 0U) << entry.path();
    }
    EXPECT_GT(bytes, 10'000U);
}

TEST_F(SealedStorage, RefusesToStartWithoutItsKey)
{
    storage_.reset();
    std::filesystem::rename(directory_ / "master.key", directory_ / "elsewhere");

    const auto without = try_open();
    ASSERT_FALSE(without);
    EXPECT_NE(without.error().detail.find("master.key is not there"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(directory_ / "master.key")) << "no new key beside old data";
    EXPECT_FALSE(inspect(directory_));

    std::filesystem::rename(directory_ / "elsewhere", directory_ / "master.key");
    EXPECT_TRUE(try_open());
}

TEST_F(SealedStorage, RefusesToStartWithAnothersKey)
{
    storage_.reset();
    std::ofstream(directory_ / "master.key") << "siyu-master-key-v1\n" << to_base64url(Bytes(32, 7)) << "\n";

    const auto wrong = try_open();

    ASSERT_FALSE(wrong);
    EXPECT_NE(wrong.error().detail.find("not the key of this database"), std::string::npos);
    EXPECT_FALSE(inspect(directory_));
}

TEST_F(SealedStorage, ReadsEverythingAfterARestart)
{
    reopen();
    EXPECT_EQ(run(repositories().messages->find(scope_, second_.id))->content.text, "second");
    EXPECT_EQ(run(repositories().conversations->find(scope_, conversation_.id))->title, "title");
}

} // namespace
} // namespace siyu::storage
