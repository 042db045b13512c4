#pragma once

#include "core/base/result.hpp"

#include <string>

namespace siyu::cli {

/// A Unix socket's address holds 107 bytes, a data directory's path may be longer: this opens the socket's folder and names the
/// socket through the descriptor. Good while the object lives.
class SocketPath {
public:
    static Result<SocketPath> open(const std::string& path);
    ~SocketPath();
    SocketPath(SocketPath&& other) noexcept;
    SocketPath& operator=(SocketPath&&) = delete;

    const std::string& text() const { return text_; }

private:
    SocketPath(int folder, std::string text) : folder_(folder), text_(std::move(text)) { }

    int folder_;
    std::string text_;
};

} // namespace siyu::cli
