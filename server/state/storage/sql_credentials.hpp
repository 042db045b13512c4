#pragma once

#include "state/storage/repositories.hpp"

namespace siyu::storage {

class SqlSessions final : public Sessions {
public:
    explicit SqlSessions(db::Database& database) : database_(database) { }

    Task<Result<std::vector<Session>>> list_live(TenantId tenant, Time now) override;
    Task<Result<std::vector<Session>>> list(Scope scope, Time now) override;
    Task<Result<Session>> find_by_token(TenantId tenant, Bytes token_hash) override;

    Change insert(TenantId tenant, const Session& session) override;
    Change touch(TenantId tenant, SessionId id, Time last_seen_at) override;
    Change revoke(Scope scope, SessionId id, Time now) override;
    Change revoke_all(TenantId tenant, UserId user, std::optional<SessionId> except, Time now) override;

private:
    db::Database& database_;
};

class SqlApiKeys final : public ApiKeys {
public:
    explicit SqlApiKeys(db::Database& database) : database_(database) { }

    Task<Result<std::vector<ApiKey>>> list_live(TenantId tenant, Time now) override;
    Task<Result<std::vector<ApiKey>>> list(Scope scope) override;

    Change insert(TenantId tenant, const ApiKey& key) override;
    Change revoke(Scope scope, ApiKeyId id, Time now) override;
    Change revoke_all(TenantId tenant, UserId user, Time now) override;
    Change touch(TenantId tenant, ApiKeyId id, Time last_used_at) override;

private:
    db::Database& database_;
};

} // namespace siyu::storage
