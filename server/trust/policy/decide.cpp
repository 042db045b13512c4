#include "trust/policy/decide.hpp"

#include <algorithm>

namespace siyu::policy {
namespace {

bool needs_session(Permission permission)
{
    return is_administrative(permission) || permission == Permission::apikey_own || permission == Permission::session_own;
}

} // namespace

Decision decide(const Principal& principal, Permission permission)
{
    const auto held = permissions_of(principal.roles);
    if (std::ranges::find(held, permission) == held.end())
        return {false, "permission_missing"};
    if (needs_session(permission) && principal.credential == Credential::api_key)
        return {false, "session_needed"};
    return {true, {}};
}

Decision decide_any(const Principal& principal, std::initializer_list<Permission> permissions)
{
    Decision last{false, "permission_missing"};
    for (const auto permission : permissions) {
        const auto decision = decide(principal, permission);
        if (decision)
            return decision;
        if (decision.reason == "session_needed")
            last = decision;
    }
    return last;
}

} // namespace siyu::policy
