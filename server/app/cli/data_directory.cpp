#include "app/cli/data_directory.hpp"

#include "app/cli/terminal.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace siyu::cli {
namespace {

namespace fs = std::filesystem;

/// What Siyu makes before its database is there; whatever else lies in a directory without one is somebody else's.
constexpr std::array<std::string_view, 9> own_names{"siyu.lock", "master.key", "node.id", "audit", "engine", "admin.sock",
    "first-admin.url", "first-admin.url.new", "lost+found"};

/// A database, or what is left of the first start that did not get that far.
bool is_ours(const fs::path& path)
{
    std::error_code error;
    if (fs::exists(path / "siyu.db", error))
        return true;
    for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error))
        if (std::ranges::find(own_names, at->path().filename().string()) == own_names.end())
            return false;
    return !error;
}

Result<void> prepare(const fs::path& path)
{
    std::error_code error;
    if (fs::exists(path, error) && !fs::is_directory(path, error))
        return fail(Errc::invalid, filled({"{} is no directory.", "{} 不是目录。"}, path.string()));
    fs::create_directories(path, error);
    if (error)
        return fail(Errc::invalid,
            filled({"the data directory {} cannot be made: {}.", "无法创建数据目录 {}：{}。"}, path.string(), error.message()));
    if (!is_ours(path))
        return fail(Errc::invalid,
            filled({"{} holds other files and no siyu.db; name an empty directory, or one that is Siyu's, with --data.",
                       "{} 中有其他文件且没有 siyu.db；请用 --data 指定空目录或私语自己的目录。"},
                path.string()));
    fs::permissions(path, fs::perms::owner_all, error);
    if (error)
        return fail(Errc::invalid,
            filled(
                {"the data directory {} cannot be made private (mode 0700): {}.", "无法将数据目录 {} 设为私有（0700）：{}。"},
                path.string(), error.message()));
    return {};
}

std::string holder_of(int lock)
{
    std::array<char, 32> text{};
    const auto length = pread(lock, text.data(), text.size() - 1, 0);
    std::string pid(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
    pid.erase(std::ranges::find_if_not(pid, [](char c) { return c >= '0' && c <= '9'; }), pid.end());
    return pid.empty() ? "?" : pid;
}

} // namespace

Result<DataDirectory> DataDirectory::open(const fs::path& path)
{
    if (auto prepared = prepare(path); !prepared)
        return fail(prepared.error());
    const auto file = path / "siyu.lock";
    const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0)
        return fail(
            Errc::invalid, filled({"{} cannot be opened: {}.", "无法打开 {}：{}。"}, file.string(), std::strerror(errno)));
    DataDirectory directory(lock);
    if (flock(lock, LOCK_EX | LOCK_NB) != 0)
        return fail(Errc::conflict,
            filled({"another siyu (process {}) works in {}; stop it first, or use another directory with --data.",
                       "另一个 siyu（进程 {}）正在使用 {}；请先停止它，或用 --data 指定其他目录。"},
                holder_of(lock), path.string()));
    const auto pid = std::to_string(getpid()) + "\n";
    if (ftruncate(lock, 0) != 0 || pwrite(lock, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size()))
        return fail(
            Errc::invalid, filled({"{} cannot be written: {}.", "无法写入 {}：{}。"}, file.string(), std::strerror(errno)));
    return directory;
}

DataDirectory::~DataDirectory()
{
    if (lock_ >= 0)
        close(lock_); // which lets go of the lock
}

} // namespace siyu::cli
