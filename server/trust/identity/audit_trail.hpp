#pragma once

#include "core/base/clock.hpp"
#include "core/domain/audit_event.hpp"
#include "trust/identity/client.hpp"

#include <functional>

namespace siyu::identity {

/// A keyed hash of an address: the audit log never has it in clear.
using AddressHash = std::function<std::string(std::string_view address)>;

/// Makes identity's audit events. Their names stand in trust/audit's catalogue.
class AuditTrail {
public:
    AuditTrail(TenantId tenant, const Clock& clock, AddressHash address_hash)
        : tenant_(std::move(tenant)), clock_(clock), address_hash_(std::move(address_hash))
    {
    }

    /// Somebody's act on an object.
    AuditEvent event(const Act& act, std::string action, std::string object_type = {}, std::string object_id = {}) const;
    /// What happened before anybody was known.
    AuditEvent anonymous(const Client& from, std::string action) const;

private:
    TenantId tenant_;
    const Clock& clock_;
    AddressHash address_hash_;
};

} // namespace siyu::identity
