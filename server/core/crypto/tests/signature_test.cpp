#include "core/crypto/signature.hpp"

#include <gtest/gtest.h>

namespace siyu::crypto {
namespace {

TEST(SigningKey, GivesTheFirstExampleOfRfc8032)
{
    const SigningKey key(*from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

    EXPECT_EQ(to_hex(key.public_key()), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    EXPECT_EQ(to_hex(key.sign({})),
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141"
        "438e7a100b");
}

TEST(IsSignedBy, RefusesEveryOtherDataKeyAndSignature)
{
    const SigningKey key(Bytes(32, 1));
    const SigningKey other(Bytes(32, 2));
    const auto signature = key.sign(as_bytes("checkpoint"));

    EXPECT_TRUE(is_signed_by(key.public_key(), as_bytes("checkpoint"), signature));
    EXPECT_FALSE(is_signed_by(key.public_key(), as_bytes("checkpoinT"), signature));
    EXPECT_FALSE(is_signed_by(other.public_key(), as_bytes("checkpoint"), signature));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        auto changed = signature;
        changed[i] ^= 1;
        EXPECT_FALSE(is_signed_by(key.public_key(), as_bytes("checkpoint"), changed)) << i;
        EXPECT_FALSE(is_signed_by(key.public_key(), as_bytes("checkpoint"), ByteView(signature).first(i))) << i;
    }
    EXPECT_FALSE(is_signed_by(as_bytes("short"), as_bytes("checkpoint"), signature));
}

} // namespace
} // namespace siyu::crypto
