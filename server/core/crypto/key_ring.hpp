#pragma once

#include "core/crypto/hash.hpp"
#include "core/crypto/sealing.hpp"
#include "core/crypto/signature.hpp"

#include <map>

namespace siyu::crypto {

/// The keys of a running installation: master → tenant key → conversation key, each wrapped by the one before, and the
/// master's subkeys for audit and for keyed hashes. Filled at the start, then read-only: thread-safe.
class KeyRing {
public:
    explicit KeyRing(const SecretBytes& master);

    /// A sealed constant that only the same master key opens: kept beside the data, it tells at the start whether they match.
    Bytes make_canary() const;
    bool opens_canary(ByteView canary) const;

    /// Makes a tenant's key, keeps it, and gives it wrapped for storage.
    Bytes make_tenant_key(const TenantId& tenant);
    Result<void> add_tenant_key(const TenantId& tenant, ByteView wrapped);

    /// A new conversation's key, wrapped by the tenant's. Errc::internal for a tenant without one.
    Result<Bytes> make_conversation_key(const TenantId& tenant, const ConversationId& conversation) const;
    Result<SealingKey> open_conversation_key(
        const TenantId& tenant, const ConversationId& conversation, ByteView wrapped) const;

    /// A keyed hash that stands for a personal value (an address, a name tried at sign-in) in audit events and logs: equal
    /// for equal values, of no use without the master key.
    std::string pseudonym(const TenantId& tenant, std::string_view field, std::string_view value) const;

    /// Authenticates what the audit log says. `purpose` keeps records, heads and other users of the key apart.
    Digest audit_mac(std::string_view purpose, ByteView data) const;
    const SigningKey& checkpoint_key() const { return checkpoint_key_; }

private:
    SealingKey wrapping_key_;
    SecretBytes audit_key_;
    SecretBytes pseudonym_key_;
    SigningKey checkpoint_key_;
    std::map<TenantId, SealingKey> tenant_keys_;
};

} // namespace siyu::crypto
