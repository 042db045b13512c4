#pragma once

#include <string>
#include <utility>

namespace siyu {

namespace privacy {
class EgressGate;
}
namespace wiring {
class DirectoryPermits;
}

/// Leave to connect to one origin. The HTTP client demands one, and only privacy's gate (and the composition root, for
/// configured directories) can make one, so no feature calls out by accident.
class EgressPermit {
public:
    /// "http://host:port", lower case, port always given.
    const std::string& origin() const { return origin_; }

private:
    friend class privacy::EgressGate;
    friend class wiring::DirectoryPermits;
    explicit EgressPermit(std::string origin) : origin_(std::move(origin)) { }

    std::string origin_;
};

} // namespace siyu
