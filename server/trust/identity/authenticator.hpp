#pragma once

#include "io/net/http_message.hpp"
#include "trust/identity/api_keys.hpp"
#include "trust/identity/cookie.hpp"
#include "trust/identity/sessions.hpp"

namespace siyu::identity {

class Directory;

/// Who sent a request. `session` is there when a cookie proved it: changes then need its CSRF token.
struct Authenticated {
    Principal principal;
    std::optional<storage::Session> session;
};

/// Turns a request's headers into a principal, without the database. Thread-safe.
class Authenticator {
public:
    Authenticator(TenantId tenant, Directory& directory, SessionBook& sessions, ApiKeyBook& keys, SessionCookie cookie)
        : tenant_(std::move(tenant)), directory_(directory), sessions_(sessions), keys_(keys), cookie_(cookie)
    {
    }

    /// `Authorization: Bearer` wins over the cookie. Errc::unauthenticated with reason "not_signed_in" (neither is there),
    /// "session_ended" or "bad_api_key".
    Result<Authenticated> authenticate(const http::Headers& headers) const;

private:
    Result<Authenticated> by_key(std::string_view key) const;
    Result<Authenticated> by_session(std::string_view token) const;

    TenantId tenant_;
    Directory& directory_;
    SessionBook& sessions_;
    ApiKeyBook& keys_;
    SessionCookie cookie_;
};

} // namespace siyu::identity
