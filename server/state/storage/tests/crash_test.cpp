#include "state/storage/tests/fixture.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace siyu::storage {
namespace {

// The thread sanitizer does not follow a fork into threads.
#if defined(SIYU_SANITIZED) && !__has_feature(thread_sanitizer)

/// A process of its own commits until the failpoint kills it.
class CrashTest : public StorageTest {
protected:
    void crash_at(const std::string& failpoint)
    {
        storage_.reset();
        const auto child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::setenv("SIYU_FAILPOINT", failpoint.c_str(), 1);
            async::BlockingPool pool(1, 16); // the fixture's threads stayed behind
            auto opened = open({.directory = directory_, .clock = clock_, .pool = pool, .report = [](const std::string&) { }});
            for (int i = 0; opened && i < 10; ++i)
                (void)testkit::run((*opened)->journal().commit({.changes = {}, .events = {event("turn.start")}}));
            ::_exit(0);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the failpoint was not passed";
        ASSERT_EQ(WTERMSIG(status), SIGKILL);
        reopen();
        EXPECT_TRUE(reports().empty()) << reports().front();
        EXPECT_TRUE(commit({.changes = {}, .events = {event("turn.start")}}));
    }
    std::int64_t records() { return count("SELECT max(seq) FROM audit_log"); }
};

TEST_F(CrashTest, BeforeTheCommitLeavesNothingOfIt)
{
    crash_at("journal.before_commit:4");
    EXPECT_EQ(records(), 3 + 1);
}

TEST_F(CrashTest, BetweenCommitAndHeadLeavesTheRecordAndTheHeadFollows)
{
    crash_at("journal.after_commit:4");
    EXPECT_EQ(records(), 4 + 1);
}

TEST_F(CrashTest, BeforeTheAnswerLeavesTheRecord)
{
    crash_at("journal.after_head:4");
    EXPECT_EQ(records(), 4 + 1);
}

#endif

} // namespace
} // namespace siyu::storage
