#pragma once

#include "trust/identity/accounts.hpp"
#include "trust/identity/api_keys.hpp"
#include "trust/identity/attempts.hpp"
#include "trust/identity/audit_trail.hpp"
#include "trust/identity/authenticator.hpp"
#include "trust/identity/directory.hpp"
#include "trust/identity/first_administrator.hpp"
#include "trust/identity/sessions.hpp"
#include "trust/identity/sign_in.hpp"

namespace siyu::identity {

struct IdentitySettings {
    SessionLimits sessions;
    LockoutLimits lockout;
    std::size_t password_length_min = 12;
    bool is_https = false;
    std::string first_administrator_file; ///< data/first-admin.url
    std::string base_url;
};

/// The whole of identity, built in order. Everything it is given outlives it.
class Identity {
public:
    struct Needs {
        TenantId tenant;
        storage::Users& users;
        storage::Sessions& sessions;
        storage::ApiKeys& api_keys;
        storage::Journal& journal;
        async::BlockingPool& hashing; ///< for argon2 alone
        const Clock& clock;
        AddressHash address_hash; ///< keyed, for the audit log
    };
    Identity(Needs needs, IdentitySettings settings);

    /// Fills the snapshots; before the first request.
    Task<Result<void>> load();
    /// Every few seconds, from any thread.
    void upkeep();

    Directory directory;
    Revocations revocations;
    AuditTrail trail;
    Attempts attempts;
    SessionCookie cookie;
    SessionBook sessions;
    ApiKeyBook api_keys;
    SignIn sign_in;
    Accounts accounts;
    FirstAdministrator first_administrator;
    Authenticator authenticator;
};

} // namespace siyu::identity
