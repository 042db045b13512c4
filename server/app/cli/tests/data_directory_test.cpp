#include "app/cli/data_directory.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include <unistd.h>

using namespace siyu;
using namespace siyu::cli;

namespace fs = std::filesystem;

namespace {

class DataDirectoryTest : public testing::Test {
protected:
    void SetUp() override
    {
        std::string name = (fs::temp_directory_path() / "siyu-data-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        root_ = name;
    }
    void TearDown() override { fs::remove_all(root_); }
    void touch(const fs::path& path) const { std::ofstream(root_ / path) << "x"; }

    fs::path root_;
};

} // namespace

TEST_F(DataDirectoryTest, IsMadePrivate)
{
    const auto path = root_ / "a" / "b";
    ASSERT_TRUE(DataDirectory::open(path));
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
    fs::permissions(path, fs::perms::all);
    ASSERT_TRUE(DataDirectory::open(path)) << "one that a first start left is ours";
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
}

TEST_F(DataDirectoryTest, BelongsToOneProcessAtATime)
{
    const auto path = root_ / "data";
    {
        const auto first = DataDirectory::open(path);
        ASSERT_TRUE(first);
        const auto second = DataDirectory::open(path);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code, Errc::conflict);
        EXPECT_NE(second.error().detail.find(std::to_string(getpid())), std::string::npos) << second.error().detail;
    }
    EXPECT_TRUE(DataDirectory::open(path));
}

TEST_F(DataDirectoryTest, RefusesSomebodyElsesFilesAndTouchesNothing)
{
    touch("thesis.txt");
    fs::permissions(root_, fs::perms(0755));
    const auto opened = DataDirectory::open(root_);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::invalid);
    EXPECT_NE(opened.error().detail.find("siyu.db"), std::string::npos) << opened.error().detail;
    EXPECT_FALSE(fs::exists(root_ / "siyu.lock"));
    EXPECT_EQ(fs::status(root_).permissions(), fs::perms(0755));
    touch("siyu.db");
    EXPECT_TRUE(DataDirectory::open(root_));
}

TEST_F(DataDirectoryTest, RefusesWhatIsNoDirectory)
{
    touch("file");
    EXPECT_FALSE(DataDirectory::open(root_ / "file"));
    EXPECT_FALSE(DataDirectory::open(root_ / "file" / "below"));
}
