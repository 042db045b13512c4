#include "trust/identity/authenticator.hpp"

#include "core/base/text.hpp"
#include "trust/identity/directory.hpp"

namespace siyu::identity {
namespace {

Principal principal_of(const TenantId& tenant, const Person& person, Credential credential, std::string credential_id)
{
    return {.tenant = tenant,
        .user = person.id,
        .name = person.name,
        .roles = person.roles,
        .credential = credential,
        .credential_id = std::move(credential_id),
        .locale = person.locale};
}

} // namespace

Result<Authenticated> Authenticator::authenticate(const http::Headers& headers) const
{
    if (headers.has("Authorization")) {
        const auto value = headers.find("Authorization");
        const auto blank = value.find(' ');
        if (blank == std::string_view::npos || !equals_ignoring_case(value.substr(0, blank), "Bearer"))
            return fail(Errc::unauthenticated, "no bearer credential", "bad_api_key");
        return by_key(trim(value.substr(blank + 1)));
    }
    const auto token = cookie_.read(headers);
    if (!token)
        return fail(Errc::unauthenticated, "neither cookie nor key", "not_signed_in");
    return by_session(*token);
}

Result<Authenticated> Authenticator::by_key(std::string_view key) const
{
    const auto entry = keys_.find(key);
    const auto person = entry ? directory_.find(entry->user) : nullptr;
    if (!person || !person->is_active)
        return fail(Errc::unauthenticated, "unknown, expired or revoked key", "bad_api_key");
    return Authenticated{principal_of(tenant_, *person, Credential::api_key, entry->id.text), std::nullopt};
}

Result<Authenticated> Authenticator::by_session(std::string_view token) const
{
    auto session = sessions_.find(token);
    const auto person = session ? directory_.find(session->user) : nullptr;
    if (!person || !person->is_active)
        return fail(Errc::unauthenticated, "unknown, expired or revoked session", "session_ended");
    auto principal = principal_of(tenant_, *person, Credential::session, session->id.text);
    return Authenticated{std::move(principal), std::move(session)};
}

} // namespace siyu::identity
