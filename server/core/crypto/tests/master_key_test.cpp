#include "core/crypto/master_key.hpp"

#include "core/crypto/hash.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace siyu::crypto {
namespace {

class MasterKeyFile : public testing::Test {
protected:
    void SetUp() override
    {
        std::string name = testing::TempDir() + "siyu-master-key-XXXXXX";
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path file() const { return folder_ / "master.key"; }
    std::string text() const
    {
        std::ostringstream out;
        out << std::ifstream(file()).rdbuf();
        return out.str();
    }
    void write(std::string_view text)
    {
        std::ofstream(file(), std::ios::trunc) << text;
        ::chmod(file().c_str(), 0600);
    }

    std::filesystem::path folder_;
};

TEST_F(MasterKeyFile, IsMadeForItsOwnerAloneAndReadBack)
{
    const auto made = create_master_key(file());
    ASSERT_TRUE(made) << made.error().detail;
    struct stat status{};
    ASSERT_EQ(::stat(file().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);

    const auto loaded = load_master_key(file());
    ASSERT_TRUE(loaded) << loaded.error().detail;
    EXPECT_EQ(to_bytes(loaded->view()), to_bytes(made->view()));
}

TEST_F(MasterKeyFile, IsNeverOverwritten)
{
    ASSERT_TRUE(create_master_key(file()));
    const auto before = text();

    const auto again = create_master_key(file());

    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Errc::conflict);
    EXPECT_EQ(text(), before);
}

TEST_F(MasterKeyFile, TellsAbsentFromDamaged)
{
    const auto absent = load_master_key(file());
    ASSERT_FALSE(absent);
    EXPECT_EQ(absent.error().code, Errc::not_found);

    ASSERT_TRUE(create_master_key(file()));
    const auto whole = text();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        write(whole.substr(0, length));
        const auto cut = load_master_key(file());
        ASSERT_FALSE(cut) << length;
        EXPECT_EQ(cut.error().code, Errc::invalid);
    }
}

TEST_F(MasterKeyFile, IsRefusedWhenOthersMayReadIt)
{
    ASSERT_TRUE(create_master_key(file()));
    ::chmod(file().c_str(), 0644);

    const auto loaded = load_master_key(file());

    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().detail.find("chmod 600"), std::string::npos);
}

} // namespace
} // namespace siyu::crypto
