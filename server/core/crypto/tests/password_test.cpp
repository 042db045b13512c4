#include "core/crypto/password.hpp"

#include <gtest/gtest.h>

using namespace siyu;

TEST(HashPassword, MakesAnArgon2idStringThatOnlyItsPasswordMatches)
{
    const auto phc = crypto::hash_password("correct horse battery");
    ASSERT_TRUE(phc);
    EXPECT_TRUE(phc->starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    EXPECT_TRUE(crypto::verify_password(*phc, "correct horse battery").value());
    EXPECT_FALSE(crypto::verify_password(*phc, "correct horse batterz").value());
    EXPECT_FALSE(crypto::verify_password(*phc, "").value());
}

TEST(HashPassword, TakesANewSaltEachTime)
{
    EXPECT_NE(crypto::hash_password("correct horse battery").value(), crypto::hash_password("correct horse battery").value());
}

TEST(HashPassword, TakesBytesOfAnyKind)
{
    const std::string password("密码\0with zero", 16);
    const auto phc = crypto::hash_password(password);
    ASSERT_TRUE(phc);
    EXPECT_TRUE(crypto::verify_password(*phc, password).value());
    EXPECT_FALSE(crypto::verify_password(*phc, password.substr(0, 6)).value());
}

TEST(VerifyPassword, RefusesAHashCutAtAnyByte)
{
    const auto phc = crypto::hash_password("correct horse battery").value();
    const auto hash_begins = phc.rfind('$');
    for (std::size_t length = 0; length < phc.size(); length += length < hash_begins ? 1 : 8) {
        const auto outcome = crypto::verify_password(phc.substr(0, length), "correct horse battery");
        EXPECT_TRUE(!outcome || !*outcome) << length;
    }
}

TEST(VerifyPassword, RefusesWhatCostsTooMuchOrIsOfAnotherKind)
{
    const std::string tail = "$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    for (const auto* head : {"$argon2id$v=19$m=4194304,t=2,p=1", "$argon2id$v=19$m=19456,t=4000000000,p=1",
             "$argon2id$v=19$m=19456,t=2,p=200", "$argon2id$v=19$m=0,t=0,p=0", "$argon2i$v=19$m=19456,t=2,p=1",
             "$argon2id$v=16$m=19456,t=2,p=1", "$argon2id$v=19$m=99999999999999999999,t=2,p=1", "", "plain"}) {
        const auto outcome = crypto::verify_password(head + tail, "x");
        ASSERT_FALSE(outcome) << head;
        EXPECT_EQ(outcome.error().code, Errc::corrupt) << head;
    }
}

TEST(NeedsRehash, TellsHashesOfOtherCosts)
{
    EXPECT_FALSE(crypto::needs_rehash(crypto::hash_password("correct horse battery").value()));
    EXPECT_TRUE(crypto::needs_rehash("$argon2id$v=19$m=8192,t=2,p=1$c2FsdA$aGFzaA"));
    EXPECT_TRUE(crypto::needs_rehash(""));
}

TEST(UnmatchableHash, CostsWhatARealOneDoesAndMatchesNothing)
{
    EXPECT_FALSE(crypto::needs_rehash(crypto::unmatchable_hash()));
    EXPECT_FALSE(crypto::verify_password(crypto::unmatchable_hash(), "").value());
}
