#include "trust/identity/identity.hpp"

#include <set>

namespace siyu::identity {

Identity::Identity(Needs needs, IdentitySettings settings)
    : directory(needs.tenant, needs.users),
      trail(needs.tenant, needs.clock, needs.address_hash),
      attempts(settings.lockout),
      cookie(settings.is_https),
      sessions({needs.tenant, needs.sessions, needs.journal, trail, revocations, needs.clock, settings.sessions}),
      api_keys({needs.tenant, needs.api_keys, needs.journal, trail, directory, revocations, needs.clock}),
      sign_in({needs.tenant, needs.users, needs.journal, directory, sessions, attempts, trail, needs.hashing, needs.clock}),
      accounts({needs.tenant, needs.users, needs.journal, directory, sessions, api_keys, attempts, trail, needs.hashing,
          needs.clock, settings.password_length_min}),
      first_administrator({needs.tenant, needs.users, needs.journal, directory, sessions, trail, needs.hashing, needs.clock,
          settings.password_length_min, settings.first_administrator_file, settings.base_url}),
      authenticator(needs.tenant, directory, sessions, api_keys, cookie)
{
}

Task<Result<void>> Identity::load()
{
    if (auto loaded = co_await sessions.load(); !loaded)
        co_return fail(loaded.error());
    if (auto loaded = co_await api_keys.load(); !loaded)
        co_return fail(loaded.error());
    auto owners = sessions.owners();
    owners.merge(api_keys.owners());
    for (const auto& owner : owners)
        if (auto known = co_await directory.refresh(owner); !known)
            co_return fail(known.error());
    co_return Result<void>();
}

void Identity::upkeep()
{
    sessions.upkeep();
    api_keys.upkeep();
}

} // namespace siyu::identity
