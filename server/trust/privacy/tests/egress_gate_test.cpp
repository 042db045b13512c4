#include "trust/privacy/egress_gate.hpp"

#include <gtest/gtest.h>

using namespace siyu;

TEST(EgressGate, PermitsWhatWasConfiguredInWhateverSpelling)
{
    const privacy::EgressGate gate({"HTTP://Models.Bank.example", "http://10.0.0.7:8000"});

    const auto permit = gate.permit("http://models.bank.example:80");
    ASSERT_TRUE(permit);
    EXPECT_EQ(permit->origin(), "http://models.bank.example:80");
    EXPECT_TRUE(gate.permit("http://10.0.0.7:8000"));
}

TEST(EgressGate, RefusesEverythingElse)
{
    const privacy::EgressGate gate({"http://10.0.0.7:8000", "nonsense"});

    for (const auto* origin : {"http://10.0.0.7", "http://10.0.0.7:8001", "https://10.0.0.7:8000", "http://10.0.0.7:8000/path",
             "http://user@10.0.0.7:8000", "http://10.0.0.70:8000", "http://127.0.0.1:8000", "nonsense", "", "http://",
             "http://10.0.0.7:", "http://10.0.0.7:8000x", "http://10.0.0.7:99999"}) {
        const auto permit = gate.permit(origin);
        ASSERT_FALSE(permit) << origin;
        EXPECT_EQ(permit.error().code, Errc::forbidden);
    }
}

TEST(EgressGate, FollowsAnEngineFromPortToPort)
{
    privacy::EgressGate gate({});
    ASSERT_TRUE(gate.set_engine("llama", "http://127.0.0.1:4001"));
    ASSERT_TRUE(gate.set_engine("llama", "http://127.0.0.1:4002"));

    EXPECT_FALSE(gate.permit("http://127.0.0.1:4001"));
    EXPECT_TRUE(gate.permit("http://127.0.0.1:4002"));
}

TEST(EgressGate, KeepsEnginesOnLoopback)
{
    privacy::EgressGate gate({});
    EXPECT_FALSE(gate.set_engine("llama", "http://192.168.0.9:4001"));
    EXPECT_FALSE(gate.permit("http://192.168.0.9:4001"));
}
