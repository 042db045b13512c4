#include "core/domain/audit_event.hpp"

namespace siyu {

std::string_view to_string(Outcome outcome)
{
    switch (outcome) {
    case Outcome::success: return "success";
    case Outcome::failure: return "failure";
    case Outcome::denied: return "denied";
    }
    return "failure";
}

} // namespace siyu
