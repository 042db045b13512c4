#include "core/crypto/hash.hpp"

#include <gtest/gtest.h>

namespace siyu::crypto {
namespace {

TEST(Sha256, GivesTheStandardsExample)
{
    EXPECT_EQ(to_hex(sha256(as_bytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(HmacSha256, GivesTheSecondExampleOfRfc4231)
{
    EXPECT_EQ(to_hex(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(HkdfSha256, GivesTheThirdExampleOfRfc5869)
{
    const Bytes secret(22, 0x0b);
    EXPECT_EQ(to_hex(hkdf_sha256(secret, "", 42).view()),
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(EqualInConstantTime, ComparesLengthAndOctets)
{
    EXPECT_TRUE(equal_in_constant_time(as_bytes("same"), as_bytes("same")));
    EXPECT_FALSE(equal_in_constant_time(as_bytes("same"), as_bytes("Same")));
    EXPECT_FALSE(equal_in_constant_time(as_bytes("same"), as_bytes("sam")));
    EXPECT_TRUE(equal_in_constant_time({}, {}));
}

} // namespace
} // namespace siyu::crypto
