#include "state/storage/sql_journal.hpp"

#include "core/async/threads.hpp"
#include "io/db/sqlite.hpp"
#include "state/storage/limits.hpp"
#include "state/storage/sql/users.hpp"
#include "state/storage/tests/fixture.hpp"

#include <condition_variable>
#include <latch>
#include <set>

namespace siyu::storage {
namespace {

class JournalTest : public StorageTest {
protected:
    Commit with_event(std::string action) { return {.changes = {}, .events = {event(std::move(action))}}; }
    std::int64_t records() { return count("SELECT count(*) FROM audit_log"); }
};

TEST_F(JournalTest, StoresChangesAndEventsTogetherOrNotAtAll)
{
    const auto user = make_user("Anna");
    auto whole = with_event("user.password");
    whole.changes.push_back(repositories().users->set_password(default_tenant, user.id, "new"));
    EXPECT_TRUE(commit(whole));
    EXPECT_EQ(records(), 1);

    auto half = with_event("user.password");
    half.changes.push_back(repositories().users->set_password(default_tenant, user.id, "newer"));
    half.changes.push_back(repositories().users->set_password(default_tenant, UserId{"absent"}, "x"));
    EXPECT_EQ(commit(half).error().code, Errc::conflict);
    EXPECT_EQ(records(), 1);
    EXPECT_EQ(run(repositories().users->find(default_tenant, user.id))->password_hash, "new");
}

TEST_F(JournalTest, AnswersSqlThatDoesNotFitWithoutHarmToOthers)
{
    EXPECT_EQ(commit(std::vector{Change{.sql = "UPDATE nowhere SET x = 1", .values = {}}}).error().code, Errc::internal);
    EXPECT_TRUE(commit(with_event("turn.start")));
}

/// Many callers on several threads; every third Commit breaks a constraint.
TEST_F(JournalTest, KeepsEachCommitOfManyThreadsApart)
{
    constexpr int threads = 3;
    constexpr int callers = 60;
    const auto taken = make_user("taken");
    async::Threads loops(threads);
    loops.start();
    std::latch done(threads * callers);
    std::atomic<int> stored = 0;
    std::atomic<int> conflicts = 0;
    for (int i = 0; i < threads * callers; ++i) {
        auto commit = with_event("user.create");
        User user;
        user.id = UserId::make(clock_.now());
        user.name = i % 3 == 0 ? taken.name : "user" + std::to_string(i);
        user.created_at = clock_.now();
        commit.changes = repositories().users->insert(default_tenant, user);
        asio::co_spawn(
            loops.next(), storage_->journal().commit(std::move(commit)), [&](std::exception_ptr failure, Result<void> outcome) {
                if (!failure)
                    ++(outcome ? stored : conflicts);
                done.count_down();
            });
    }
    done.wait();
    loops.stop();

    EXPECT_EQ(stored, threads * callers * 2 / 3);
    EXPECT_EQ(conflicts, threads * callers / 3);
    EXPECT_EQ(records(), stored);
    EXPECT_EQ(count("SELECT max(seq) FROM audit_log"), stored) << "a conflict leaves no gap in the chain";
    const auto stats = storage_->journal_stats();
    EXPECT_EQ(stats.events, static_cast<std::uint64_t>(stored));
    EXPECT_LT(stats.groups, static_cast<std::uint64_t>(threads * callers)) << "nothing was grouped";
    EXPECT_EQ(stats.queued, 0U);
}

TEST_F(JournalTest, WritesWhatNobodyWaitsForAlongWithTheNext)
{
    ASSERT_TRUE(storage_->journal().submit(with_event("conversation.read")));
    ASSERT_TRUE(commit(with_event("turn.start")));
    EXPECT_EQ(records(), 2);
}

TEST_F(JournalTest, WritesWhatNobodyWaitsForByItself)
{
    ASSERT_TRUE(storage_->journal().submit(with_event("conversation.read")));
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (records() < 1 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    EXPECT_EQ(records(), 1);
}

TEST_F(JournalTest, WritesEverythingBeforeItStops)
{
    for (int i = 0; i < 300; ++i)
        ASSERT_TRUE(storage_->journal().submit(with_event("conversation.read")));
    storage_->stop();
    EXPECT_EQ(records(), 300);
    EXPECT_EQ(count("SELECT max(seq) FROM audit_checkpoints"), 300);
    EXPECT_FALSE(storage_->journal().submit(with_event("conversation.read")));
    EXPECT_EQ(commit(with_event("turn.start")).error().code, Errc::unavailable);
}

TEST_F(JournalTest, RefusesMoreThanItsQueueHolds)
{
    const Commit large{.changes = {Change{.sql = "SELECT length($1)", .values = {Bytes(queue_bytes_max / 4)}}}, .events = {}};
    int taken = 0;
    while (taken < 1000 && storage_->journal().submit(large))
        ++taken;
    EXPECT_GE(taken, 4);
    EXPECT_LT(taken, 1000) << "the queue has no bound";
}

TEST_F(JournalTest, ChainGoesOnAfterARestart)
{
    ASSERT_TRUE(commit(with_event("turn.start")));
    const auto node = storage_->node();
    reopen();
    EXPECT_EQ(storage_->node(), node);
    ASSERT_TRUE(commit(with_event("turn.start")));
    EXPECT_EQ(count("SELECT count(*) FROM audit_log WHERE seq = 2"), 1);
    EXPECT_EQ(count("SELECT count(DISTINCT chain) FROM audit_log"), 1);
}

TEST_F(JournalTest, SignsACheckpointAfterSoManyEventsOrSoMuchTime)
{
    ASSERT_TRUE(
        commit({.changes = {}, .events = std::vector(static_cast<std::size_t>(checkpoint_events), event("turn.start"))}));
    ASSERT_TRUE(commit(with_event("turn.start")));
    EXPECT_EQ(count("SELECT count(*) FROM audit_checkpoints"), 1);
    clock_.advance(checkpoint_period);
    ASSERT_TRUE(commit(with_event("turn.start")));
    ASSERT_TRUE(commit(with_event("turn.start")));
    EXPECT_EQ(count("SELECT count(*) FROM audit_checkpoints"), 2);
}

TEST_F(JournalTest, HeadFollowsEachCommit)
{
    for (std::int64_t seq = 1; seq <= 3; ++seq) {
        ASSERT_TRUE(commit(with_event("turn.start")));
        const auto head = load_head(directory_, storage_->keys());
        ASSERT_TRUE(head && *head);
        EXPECT_EQ((*head)->seq, seq);
        EXPECT_EQ((*head)->chain, storage_->node());
    }
}

TEST_F(JournalTest, AHeadThatACrashLeftBehindFollowsAtTheStart)
{
    ASSERT_TRUE(commit(with_event("turn.start")));
    std::filesystem::copy_file(head_file(directory_), directory_ / "old-head");
    ASSERT_TRUE(commit(with_event("turn.start")));
    storage_.reset();
    std::filesystem::copy_file(
        directory_ / "old-head", head_file(directory_), std::filesystem::copy_options::overwrite_existing);

    reopen();

    EXPECT_EQ((*load_head(directory_, storage_->keys()))->seq, 2);
    EXPECT_TRUE(reports().empty());
    EXPECT_EQ(records(), 2) << "nothing was out of order";
}

/// A database whose connections say that the disk is full while the test says so.
class FullDisk final : public db::Database {
public:
    explicit FullDisk(db::Database& real) : real_(real) { }

    std::atomic<bool> is_full = false;

    Task<Result<std::vector<db::Row>>> query(std::string_view sql, db::Values values) override
    {
        return real_.query(sql, std::move(values));
    }
    Result<std::unique_ptr<db::Connection>> connect() override
    {
        auto real = real_.connect();
        if (!real)
            return fail(real.error());
        return std::make_unique<FullConnection>(std::move(*real), is_full);
    }

private:
    class FullConnection final : public db::Connection {
    public:
        FullConnection(std::unique_ptr<db::Connection> real, std::atomic<bool>& is_full)
            : real_(std::move(real)), is_full_(is_full)
        {
        }
        Result<db::Answer> execute(std::string_view sql, const db::Values& values) override
        {
            return real_->execute(sql, values);
        }
        Result<void> begin() override { return real_->begin(); }
        Result<void> commit() override
        {
            if (is_full_)
                return fail(Errc::unavailable, "the disk is full");
            return real_->commit();
        }
        void rollback() override { real_->rollback(); }

    private:
        std::unique_ptr<db::Connection> real_;
        std::atomic<bool>& is_full_;
    };

    db::Database& real_;
};

TEST_F(JournalTest, SaysUnavailableWhileNothingCanBeWrittenAndRecovers)
{
    storage_->stop();
    FullDisk disk(storage_->database());
    auto opened = SqlJournal::open(disk, directory_, storage_->keys(), storage_->node(), clock_, [this](std::string sentence) {
        const std::scoped_lock lock(mutex_);
        reports_.push_back(std::move(sentence));
    });
    ASSERT_TRUE(opened) << opened.error().detail;
    auto& journal = **opened;

    disk.is_full = true;
    ASSERT_TRUE(journal.submit(with_event("conversation.read")));
    const auto refused = run(journal.commit(with_event("turn.start")));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::unavailable);
    EXPECT_EQ(records(), 0);
    EXPECT_GE(journal.stats().failures, 1U);

    disk.is_full = false;
    EXPECT_TRUE(run(journal.commit(with_event("turn.start"))));
    EXPECT_EQ(records(), 2) << "what nobody waited for was lost";
    EXPECT_EQ(count("SELECT max(seq) FROM audit_log"), 2);
    EXPECT_EQ(reports().size(), 2U);
    journal.stop();
}

TEST_F(JournalTest, SurvivesARealLimitOfTheFile)
{
    storage_->stop();
    // SQLite itself refuses to grow the file, in the middle of a Commit.
    class Limited final : public db::Database {
    public:
        explicit Limited(db::Database& real) : real_(real) { }
        Task<Result<std::vector<db::Row>>> query(std::string_view sql, db::Values values) override
        {
            return real_.query(sql, std::move(values));
        }
        Result<std::unique_ptr<db::Connection>> connect() override
        {
            auto connection = real_.connect();
            if (connection && !(*connection)->execute("PRAGMA max_page_count = 1"))
                return fail(Errc::internal);
            return connection;
        }

    private:
        db::Database& real_;
    };
    Limited disk(storage_->database());
    auto opened = SqlJournal::open(disk, directory_, storage_->keys(), storage_->node(), clock_, [](const std::string&) { });
    ASSERT_TRUE(opened);
    auto large = with_event("turn.start");
    large.events.resize(2000, large.events.front());

    EXPECT_EQ(run((*opened)->commit(large)).error().code, Errc::unavailable);
    EXPECT_EQ(records(), 0);
    (*opened)->stop();
    reopen();
    EXPECT_TRUE(commit(large));
    EXPECT_EQ(count("SELECT max(seq) FROM audit_log"), 2000);
}

} // namespace
} // namespace siyu::storage
