#pragma once

#include "core/base/result.hpp"
#include "core/domain/egress_permit.hpp"

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace siyu::privacy {

/// The one door out of the machine: gives leave for the configured origins and no other. Thread-safe; outlives its users.
class EgressGate {
public:
    /// The providers' origins, "http://host:port"; case and a default port do not matter. What is no origin permits nothing.
    explicit EgressGate(const std::vector<std::string>& providers);

    /// An engine has another port at every start: its newest origin replaces the one before. Errc::forbidden unless it is on
    /// loopback.
    Result<void> set_engine(const std::string& engine, std::string_view origin);

    /// Errc::forbidden, reason "egress_forbidden", for an origin that nobody configured.
    Result<EgressPermit> permit(std::string_view origin) const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, std::string> origins_; ///< owner → origin; a provider owns itself
};

} // namespace siyu::privacy
