#pragma once

#include "core/domain/egress_permit.hpp"

#include <string>
#include <utility>

namespace siyu::privacy {

/// privacy's gate as this module's tests play it, for llm does not know the real one: what was named may be reached.
class EgressGate {
public:
    static EgressPermit permit(std::string origin) { return EgressPermit(std::move(origin)); }
};

} // namespace siyu::privacy
