#include "app/cli/socket_path.hpp"

#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace siyu::cli {

Result<SocketPath> SocketPath::open(const std::string& path)
{
    const std::filesystem::path socket(path);
    const auto parent = socket.has_parent_path() ? socket.parent_path() : std::filesystem::path(".");
    const int folder = ::open(parent.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return fail(Errc::unavailable, "there is no folder " + parent.string());
    return SocketPath(folder, "/proc/self/fd/" + std::to_string(folder) + "/" + socket.filename().string());
}

SocketPath::SocketPath(SocketPath&& other) noexcept : folder_(std::exchange(other.folder_, -1)), text_(std::move(other.text_))
{
}

SocketPath::~SocketPath()
{
    if (folder_ >= 0)
        close(folder_);
}

} // namespace siyu::cli
