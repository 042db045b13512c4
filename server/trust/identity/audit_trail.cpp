#include "trust/identity/audit_trail.hpp"

namespace siyu::identity {

AuditEvent AuditTrail::event(const Act& act, std::string action, std::string object_type, std::string object_id) const
{
    auto event = anonymous(act.from, std::move(action));
    event.actor = act.by.user.text;
    event.credential = act.by.credential_id;
    event.object_type = std::move(object_type);
    event.object_id = std::move(object_id);
    return event;
}

AuditEvent AuditTrail::anonymous(const Client& from, std::string action) const
{
    return {.tenant = tenant_,
        .at = clock_.now(),
        .action = std::move(action),
        .outcome = Outcome::success,
        .reason = {},
        .actor = "system",
        .credential = {},
        .object_type = {},
        .object_id = {},
        .source = from.address.empty() ? std::string() : address_hash_(from.address),
        .request_id = from.request_id,
        .counts = {},
        .labels = {}};
}

} // namespace siyu::identity
