#include "io/db/sqlite.hpp"

#include "testkit/run.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

namespace siyu::db {
namespace {

class Sqlite : public testing::Test {
protected:
    void SetUp() override
    {
        std::string name = testing::TempDir() + "siyu-sqlite-XXXXXX";
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        folder_ = name;
        auto opened = open_sqlite(file(), pool_);
        ASSERT_TRUE(opened) << opened.error().detail;
        database_ = std::move(*opened);
        connection_ = *database_->connect();
        ASSERT_TRUE(connection_->execute(
            "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE, data BLOB, ratio REAL) STRICT"));
    }
    void TearDown() override
    {
        connection_.reset();
        database_.reset();
        std::filesystem::remove_all(folder_);
    }

    std::filesystem::path file() const { return folder_ / "siyu.db"; }
    Errc error_of(std::string_view sql, const Values& values = {})
    {
        auto answer = connection_->execute(sql, values);
        return answer ? Errc::internal : answer.error().code;
    }

    async::BlockingPool pool_{2, 64};
    std::filesystem::path folder_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<Connection> connection_;
};

constexpr std::string_view insert = "INSERT INTO things (id, name, data, ratio) VALUES ($1, $2, $3, $4)";
constexpr std::string_view select = "SELECT id, name, data, ratio FROM things ORDER BY id";

TEST_F(Sqlite, GivesBackEveryTypeOfValue)
{
    const Bytes data = {0, 1, 255};
    ASSERT_TRUE(connection_->execute(insert, {std::int64_t{1}, "名\0x", data, 0.5}));
    ASSERT_TRUE(connection_->execute(insert, {std::int64_t{2}, std::monostate(), Bytes(), std::monostate()}));

    const auto rows = testkit::run(database_->query(select));

    ASSERT_TRUE(rows) << rows.error().detail;
    ASSERT_EQ(rows->size(), 2U);
    EXPECT_EQ((*rows)[0].integer(0), 1);
    EXPECT_EQ((*rows)[0].text(1), "名");
    EXPECT_EQ((*rows)[0].bytes(2), data);
    EXPECT_EQ(std::get<double>((*rows)[0].value(3)), 0.5);
    EXPECT_TRUE((*rows)[1].is_null(1));
    EXPECT_EQ((*rows)[1].bytes(2), Bytes());
    EXPECT_THROW((*rows)[0].integer(1), std::logic_error);
}

TEST_F(Sqlite, BindsParametersByTheirNumber)
{
    const auto answer = connection_->execute("SELECT $2, $1, $2", {std::string("first"), std::string("second")});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->rows[0].text(0), "second");
    EXPECT_EQ(answer->rows[0].text(1), "first");
    EXPECT_EQ(answer->rows[0].text(2), "second");
}

TEST_F(Sqlite, TellsHowManyRowsChanged)
{
    for (std::int64_t id = 1; id <= 3; ++id)
        ASSERT_EQ(connection_->execute(insert, {id, std::monostate(), std::monostate(), std::monostate()})->changed, 1);
    EXPECT_EQ(connection_->execute("UPDATE things SET ratio = 1 WHERE id > 1")->changed, 2);
    EXPECT_EQ(connection_->execute("DELETE FROM things WHERE id = 9")->changed, 0);
    EXPECT_EQ(connection_->execute("SELECT id FROM things")->changed, 0);
}

TEST_F(Sqlite, MapsErrors)
{
    ASSERT_TRUE(connection_->execute(insert, {std::int64_t{1}, "a", std::monostate(), std::monostate()}));
    EXPECT_EQ(error_of(insert, {std::int64_t{2}, "a", std::monostate(), std::monostate()}), Errc::conflict);
    EXPECT_EQ(error_of("SELECT nothing FROM nowhere"), Errc::internal);
    EXPECT_EQ(error_of(select, {std::int64_t{1}}), Errc::internal);
    EXPECT_EQ(error_of("SELECT $2", {std::int64_t{1}}), Errc::internal);
    ASSERT_TRUE(connection_->execute("PRAGMA max_page_count = 4"));
    EXPECT_EQ(error_of(insert, {std::int64_t{3}, "b", Bytes(1 << 20), std::monostate()}), Errc::unavailable);
}

TEST_F(Sqlite, LosesWhatIsRolledBack)
{
    ASSERT_TRUE(connection_->begin());
    ASSERT_TRUE(connection_->execute(insert, {std::int64_t{1}, "a", std::monostate(), std::monostate()}));
    connection_->rollback();
    connection_->rollback(); // a second one is harmless
    EXPECT_TRUE(testkit::run(database_->query(select))->empty());
}

TEST_F(Sqlite, ReadsWithConnectionsThatCannotWrite)
{
    const auto refused = testkit::run(database_->query("DELETE FROM things"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::unavailable);
}

TEST_F(Sqlite, KeepsItsFilesToTheirOwner)
{
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
        struct stat status{};
        ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << entry.path();
    }
}

TEST_F(Sqlite, RefusesAFileThatIsNoDatabase)
{
    const auto other = folder_ / "other.db";
    std::ofstream(other) << std::string(4096, 'x');

    const auto opened = open_sqlite(other, pool_);

    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::corrupt);
    EXPECT_FALSE(connect_sqlite_to_read(folder_ / "absent.db"));
}

} // namespace
} // namespace siyu::db
