#include "io/db/migrations.hpp"

#include "io/db/sqlite.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace siyu::db {
namespace {

class Migrations : public testing::Test {
protected:
    void SetUp() override
    {
        std::string name = testing::TempDir() + "siyu-migrations-XXXXXX";
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        folder_ = name;
        database_ = *open_sqlite(folder_ / "siyu.db", pool_);
        connection_ = *database_->connect();
    }
    void TearDown() override
    {
        connection_.reset();
        database_.reset();
        std::filesystem::remove_all(folder_);
    }

    static std::vector<Migration> base() { return {sqlite_migrations().front()}; }
    Result<void> migrate_with(std::vector<Migration> more)
    {
        auto all = base();
        all.insert(all.end(), more.begin(), more.end());
        return migrate(*connection_, all, from_micros(7));
    }

    async::BlockingPool pool_{1, 8};
    std::filesystem::path folder_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<Connection> connection_;
};

constexpr Migration first{1, "0001_first", "-- compatible_from: 1\nCREATE TABLE a (x INTEGER) STRICT;\n"};
constexpr Migration second{2, "0002_second", "-- compatible_from: 1\nCREATE TABLE b (x INTEGER) STRICT;\n"};
constexpr Migration second_contracts{2, "0002_second", "-- compatible_from: 2\nCREATE TABLE b (x INTEGER) STRICT;\n"};

TEST_F(Migrations, OfTheProductApplyOnceAndThenRest)
{
    const auto done = migrate(*connection_, sqlite_migrations(), from_micros(1));
    ASSERT_TRUE(done) << done.error().detail;
    ASSERT_TRUE(migrate(*connection_, sqlite_migrations(), from_micros(2)));

    const auto versions = connection_->execute("SELECT version, applied_at FROM schema_version");
    ASSERT_EQ(versions->rows.size(), sqlite_migrations().size() - 1);
    EXPECT_EQ(versions->rows[0].integer(1), 1);
    EXPECT_TRUE(connection_->execute("SELECT id FROM conversations"));
}

TEST_F(Migrations, GoOnFromWhereAnOlderVersionStopped)
{
    ASSERT_TRUE(migrate_with({first}));
    ASSERT_TRUE(migrate_with({first, second}));
    EXPECT_TRUE(connection_->execute("SELECT x FROM b"));
}

TEST_F(Migrations, LetAnOlderProgramWorkWhileTheNewerTablesAllowIt)
{
    ASSERT_TRUE(migrate_with({first, second}));
    EXPECT_TRUE(migrate_with({first}));
}

TEST_F(Migrations, RefuseTablesThatAreTooNew)
{
    ASSERT_TRUE(migrate_with({first, second_contracts}));
    const auto refused = migrate_with({first});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::conflict);
    EXPECT_NE(refused.error().detail.find("newer version"), std::string::npos);
}

TEST_F(Migrations, RefuseAnEditedOne)
{
    ASSERT_TRUE(migrate_with({first, second}));
    EXPECT_FALSE(migrate_with({first, second_contracts}));
}

TEST_F(Migrations, LeaveNothingOfOneThatFails)
{
    const Migration broken{2, "0002_broken", "CREATE TABLE c (x INTEGER) STRICT;\nCREATE NONSENSE;\n"};
    ASSERT_TRUE(migrate_with({first}));

    const auto failed = migrate_with({first, broken});

    ASSERT_FALSE(failed);
    EXPECT_NE(failed.error().detail.find("0002_broken"), std::string::npos);
    EXPECT_FALSE(connection_->execute("SELECT x FROM c"));
    EXPECT_TRUE(migrate_with({first, second}));
}

} // namespace
} // namespace siyu::db
