#include "models/llm/engine_files.hpp"

#include "core/base/text.hpp"
#include "models/llm/limits.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <sstream>

namespace siyu::llm {

namespace {

std::string read_line(const std::filesystem::path& path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

/// Field 22 of /proc/<pid>/stat; empty when there is no such process. The name in parentheses may hold anything.
std::string start_time_of(pid_t pid)
{
    const auto line = read_line("/proc/" + std::to_string(pid) + "/stat");
    const auto name_end = line.rfind(')');
    if (name_end == std::string::npos)
        return {};
    std::istringstream rest(line.substr(name_end + 1)); // begins with field 3
    std::string field;
    for (int number = 3; number <= 22; ++number)
        rest >> field;
    return rest ? field : std::string();
}

bool is_ours(pid_t pid)
{
    struct stat status{};
    return ::stat(("/proc/" + std::to_string(pid)).c_str(), &status) == 0 && status.st_uid == ::geteuid();
}

std::string boot_id()
{
    return read_line("/proc/sys/kernel/random/boot_id");
}

} // namespace

Result<void> PidFile::write(pid_t pid) const
{
    std::ofstream file(path_, std::ios::trunc);
    file << pid << ' ' << start_time_of(pid) << ' ' << boot_id() << '\n';
    file.flush();
    if (!file)
        return fail(Errc::unavailable, path_.string() + " cannot be written.");
    return {};
}

void PidFile::remove() const
{
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

bool PidFile::end_stale() const
{
    std::istringstream line(read_line(path_));
    pid_t pid = 0;
    std::string start_time;
    std::string boot;
    if (!(line >> pid >> start_time >> boot))
        return false;
    remove();
    if (pid <= 1 || boot != boot_id() || start_time_of(pid) != start_time || !is_ours(pid))
        return false;
    return ::kill(-pid, SIGKILL) == 0;
}

EngineLog::EngineLog(std::filesystem::path path) : path_(std::move(path))
{
    open();
}

void EngineLog::open()
{
    std::error_code ignored;
    const auto size = std::filesystem::file_size(path_, ignored);
    bytes_ = ignored ? 0 : static_cast<std::size_t>(size);
    file_.open(path_, std::ios::app | std::ios::binary);
    std::filesystem::permissions(path_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
}

void EngineLog::append(std::string_view bytes)
{
    for (const char c : bytes) {
        if (c == '\n')
            write_line();
        else if (line_.size() < engine_line_bytes_max)
            line_ += c;
    }
    file_.flush();
}

void EngineLog::write_line()
{
    constexpr std::string_view mark = "error:";
    if (line_.starts_with(mark))
        error_ = trim(std::string_view(line_).substr(mark.size()));
    line_ += '\n';
    if (bytes_ + line_.size() > engine_log_bytes_max) {
        file_.close();
        std::error_code ignored;
        std::filesystem::rename(path_, path_.string() + ".1", ignored);
        open();
    }
    file_ << line_;
    bytes_ += line_.size();
    line_.clear();
}

} // namespace siyu::llm
