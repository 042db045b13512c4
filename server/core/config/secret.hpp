#pragma once

#include <string>
#include <utility>

namespace siyu::config {

/// A value that is never shown: no stream, formatter or description takes it; whoever needs it says `reveal`.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) { }

    bool is_empty() const { return value_.empty(); }
    const std::string& reveal() const { return value_; }

private:
    std::string value_;
};

} // namespace siyu::config
