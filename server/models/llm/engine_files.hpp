#pragma once

#include "core/base/result.hpp"

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace siyu::llm {

/// data/engine/<name>.pid: which process runs, so that the next start ends what a crash left.
/// File: pid SP start-time SP boot-id LF, the start time as in /proc/<pid>/stat.
class PidFile {
public:
    explicit PidFile(std::filesystem::path path) : path_(std::move(path)) { }

    Result<void> write(pid_t pid) const;
    void remove() const;
    /// Kills the group of the process that the file names, if that process is still the same one and ours. True when it did.
    bool end_stale() const;

private:
    std::filesystem::path path_;
};

/// data/engine/<name>.log: the engine's output line by line, mode 0600. Grown beyond the limit it becomes <name>.log.1 and a
/// new one begins.
class EngineLog {
public:
    explicit EngineLog(std::filesystem::path path);

    /// Any bytes; keeps whole lines, cut at the limit.
    void append(std::string_view bytes);
    /// The newest line that begins with "error:", without that word; empty: none since `forget_error`.
    const std::string& error() const { return error_; }
    void forget_error() { error_.clear(); }

private:
    void open();
    void write_line();

    std::filesystem::path path_;
    std::ofstream file_;
    std::size_t bytes_ = 0;
    std::string line_;
    std::string error_;
};

} // namespace siyu::llm
