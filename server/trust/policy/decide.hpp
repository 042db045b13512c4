#pragma once

#include "trust/policy/permission.hpp"

#include <initializer_list>
#include <string_view>

namespace siyu::policy {

/// Yes, or no with a stable reason for the audit log and the problem.
struct Decision {
    bool is_allowed = false;
    std::string_view reason; ///< empty when allowed; "permission_missing", "session_needed"

    explicit operator bool() const { return is_allowed; }
};

/// Whether this principal may. Administration, sessions and keys need a signed-in person (or the command line): an API key that
/// leaks does not administer, nor make further keys.
Decision decide(const Principal& principal, Permission permission);

/// Allowed when any of them is: the list of users is read by those who manage accounts and by those who give roles.
Decision decide_any(const Principal& principal, std::initializer_list<Permission> permissions);

} // namespace siyu::policy
