#pragma once

#include "core/base/result.hpp"

#include <filesystem>

namespace siyu::cli {

/// The data directory while this process works in it: made (mode 0700) if missing, and locked, so that no second server or
/// offline command touches the same database. Errors' details are sentences for the terminal.
class DataDirectory {
public:
    /// Errc::conflict when another process holds it (the sentence names it), invalid when the directory holds other things than
    /// Siyu's or cannot be made private.
    static Result<DataDirectory> open(const std::filesystem::path& path);
    ~DataDirectory();
    DataDirectory(DataDirectory&& other) noexcept : lock_(std::exchange(other.lock_, -1)) { }
    DataDirectory& operator=(DataDirectory&&) = delete;

private:
    explicit DataDirectory(int lock) : lock_(lock) { }

    int lock_;
};

} // namespace siyu::cli
