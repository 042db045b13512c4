#include "core/crypto/key_ring.hpp"

namespace siyu::crypto {
namespace {

constexpr std::string_view canary_text = "siyu";
constexpr std::size_t pseudonym_bytes = 16;

SealPlace canary_place()
{
    return {.tenant = {}, .table = "keys", .column = "wrapped", .conversation = {}, .row = "canary"};
}

SealPlace place_of(const TenantId& tenant)
{
    return {.tenant = tenant, .table = "keys", .column = "wrapped", .conversation = {}, .row = "tenant"};
}

/// The key outlives changes of title and level, so neither revision nor level is part of its place.
SealPlace place_of(const TenantId& tenant, const ConversationId& conversation)
{
    return {.tenant = tenant,
        .table = "conversations",
        .column = "wrapped_key",
        .conversation = conversation.text,
        .row = conversation.text};
}

Result<SealingKey> unwrap(const SealingKey& above, const SealPlace& place, ByteView wrapped)
{
    auto opened = open(above, place, wrapped);
    if (!opened)
        return fail(opened.error());
    SecretBytes key(std::move(*opened));
    if (key.size() != sealing_key_bytes)
        return fail(Errc::corrupt, "a wrapped key of wrong size");
    return SealingKey(std::move(key));
}

} // namespace

KeyRing::KeyRing(const SecretBytes& master)
    : wrapping_key_(hkdf_sha256(master.view(), "siyu key wrapping v1")),
      audit_key_(hkdf_sha256(master.view(), "siyu audit mac v1")),
      pseudonym_key_(hkdf_sha256(master.view(), "siyu pseudonyms v1")),
      checkpoint_key_(hkdf_sha256(master.view(), "siyu audit checkpoints v1").view())
{
}

Bytes KeyRing::make_canary() const
{
    return seal(wrapping_key_, canary_place(), as_bytes(canary_text));
}

bool KeyRing::opens_canary(ByteView canary) const
{
    const auto opened = open(wrapping_key_, canary_place(), canary);
    return opened && as_text(*opened) == canary_text;
}

Bytes KeyRing::make_tenant_key(const TenantId& tenant)
{
    auto key = SealingKey::make();
    auto wrapped = seal(wrapping_key_, place_of(tenant), key.key());
    tenant_keys_.insert_or_assign(tenant, std::move(key));
    return wrapped;
}

Result<void> KeyRing::add_tenant_key(const TenantId& tenant, ByteView wrapped)
{
    auto key = unwrap(wrapping_key_, place_of(tenant), wrapped);
    if (!key)
        return fail(key.error());
    tenant_keys_.insert_or_assign(tenant, std::move(*key));
    return {};
}

Result<Bytes> KeyRing::make_conversation_key(const TenantId& tenant, const ConversationId& conversation) const
{
    const auto above = tenant_keys_.find(tenant);
    if (above == tenant_keys_.end())
        return fail(Errc::internal, "no key for tenant " + tenant.text);
    return seal(above->second, place_of(tenant, conversation), SealingKey::make().key());
}

Result<SealingKey> KeyRing::open_conversation_key(
    const TenantId& tenant, const ConversationId& conversation, ByteView wrapped) const
{
    const auto above = tenant_keys_.find(tenant);
    if (above == tenant_keys_.end())
        return fail(Errc::internal, "no key for tenant " + tenant.text);
    return unwrap(above->second, place_of(tenant, conversation), wrapped);
}

std::string KeyRing::pseudonym(const TenantId& tenant, std::string_view field, std::string_view value) const
{
    // Ids and field names hold no line feed, so the parts cannot run into each other.
    const auto text = tenant.text + "\n" + std::string(field) + "\n" + std::string(value);
    return to_base64url(ByteView(hmac_sha256(pseudonym_key_.view(), as_bytes(text))).first(pseudonym_bytes));
}

Digest KeyRing::audit_mac(std::string_view purpose, ByteView data) const
{
    Bytes text(purpose.begin(), purpose.end());
    text.push_back('\n');
    text.insert(text.end(), data.begin(), data.end());
    return hmac_sha256(audit_key_.view(), text);
}

} // namespace siyu::crypto
