#include "core/crypto/key_ring.hpp"

#include "core/crypto/random.hpp"

#include <gtest/gtest.h>

namespace siyu::crypto {
namespace {

const TenantId tenant{"tenant"};
const ConversationId conversation{"conversation"};

TEST(KeyRing, KnowsItsOwnCanaryOnly)
{
    const KeyRing ring(SecretBytes(Bytes(32, 1)));
    const KeyRing same(SecretBytes(Bytes(32, 1)));
    const KeyRing other(SecretBytes(Bytes(32, 2)));

    const auto canary = ring.make_canary();

    EXPECT_TRUE(same.opens_canary(canary));
    EXPECT_FALSE(other.opens_canary(canary));
    EXPECT_FALSE(ring.opens_canary(as_bytes("nonsense")));
}

TEST(KeyRing, OpensTheKeysThatItWrappedAfterARestart)
{
    KeyRing before(SecretBytes(Bytes(32, 1)));
    const auto tenant_key = before.make_tenant_key(tenant);
    const auto wrapped = before.make_conversation_key(tenant, conversation);
    ASSERT_TRUE(wrapped);

    KeyRing after(SecretBytes(Bytes(32, 1)));
    ASSERT_TRUE(after.add_tenant_key(tenant, tenant_key));

    const auto first = before.open_conversation_key(tenant, conversation, *wrapped);
    const auto second = after.open_conversation_key(tenant, conversation, *wrapped);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(to_bytes(first->key()), to_bytes(second->key()));
    EXPECT_FALSE(after.open_conversation_key(tenant, ConversationId{"another"}, *wrapped));
}

TEST(KeyRing, RefusesATenantsKeyUnderAnotherTenantOrMaster)
{
    KeyRing ring(SecretBytes(Bytes(32, 1)));
    KeyRing other(SecretBytes(Bytes(32, 2)));
    const auto wrapped = ring.make_tenant_key(tenant);

    EXPECT_FALSE(ring.add_tenant_key(TenantId{"another"}, wrapped));
    EXPECT_FALSE(other.add_tenant_key(tenant, wrapped));
    EXPECT_FALSE(other.make_conversation_key(tenant, conversation));
}

TEST(KeyRing, GivesPseudonymsThatDependOnEveryPart)
{
    const KeyRing ring(SecretBytes(Bytes(32, 1)));
    const KeyRing other(SecretBytes(Bytes(32, 2)));

    const auto pseudonym = ring.pseudonym(tenant, "address", "10.0.0.1");

    EXPECT_EQ(pseudonym, ring.pseudonym(tenant, "address", "10.0.0.1"));
    EXPECT_NE(pseudonym, ring.pseudonym(tenant, "address", "10.0.0.2"));
    EXPECT_NE(pseudonym, ring.pseudonym(tenant, "name", "10.0.0.1"));
    EXPECT_NE(pseudonym, ring.pseudonym(TenantId{"another"}, "address", "10.0.0.1"));
    EXPECT_NE(pseudonym, other.pseudonym(tenant, "address", "10.0.0.1"));
}

TEST(KeyRing, KeepsThePurposesOfTheAuditKeyApart)
{
    const KeyRing ring(SecretBytes(Bytes(32, 1)));
    EXPECT_NE(ring.audit_mac("record", as_bytes("x")), ring.audit_mac("head", as_bytes("x")));
}

TEST(RandomToken, DiffersEachTime)
{
    EXPECT_EQ(random_token().size(), 43U);
    EXPECT_NE(random_token(), random_token());
}

} // namespace
} // namespace siyu::crypto
