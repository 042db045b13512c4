#include "state/storage/node_id.hpp"

#include "core/base/id.hpp"
#include "state/storage/audit_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace siyu::storage {

Result<std::string> node_id(const std::filesystem::path& directory, Time now)
{
    const auto file = directory / "node.id";
    const auto stored = read_file(file);
    if (!stored)
        return fail(stored.error());
    if (*stored) {
        auto id = (*stored)->substr(0, (*stored)->find('\n'));
        if (!is_uuid(id))
            return fail(Errc::invalid, file.string() + " does not hold this node's id: put back the file that was there");
        return id;
    }
    auto id = new_uuid(now);
    const auto text = id + "\n";
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool written =
        descriptor >= 0 && ::write(descriptor, text.data(), text.size()) == std::ssize(text) && ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    if (!written)
        return fail(Errc::unavailable, file.string() + " cannot be written: " + std::strerror(errno));
    return id;
}

} // namespace siyu::storage
