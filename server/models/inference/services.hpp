#pragma once

#include "core/base/clock.hpp"
#include "core/observe/log.hpp"
#include "core/observe/metrics.hpp"
#include "io/net/http_client.hpp"
#include "models/inference/records.hpp"
#include "models/llm/chat.hpp"
#include "models/llm/registry.hpp"
#include "state/storage/repositories.hpp"
#include "trust/privacy/egress_gate.hpp"

namespace siyu::inference {

/// What every call needs. All of it is thread-safe and outlives the calls.
struct Services {
    const llm::Registry& registry;
    const privacy::EgressGate& gate;
    http::Client& client;
    storage::Journal& journal;
    storage::UsageLedger& usage;
    const Clock& clock;
    observe::Log& log;
    observe::Metrics& metrics;
};

/// The rows and the record of a call's end.
storage::Commit end_commit(const Services& services, const CallFacts& facts, const CallEnd& end, storage::Commit rows);

/// How an error ends a call.
CallEnd end_of(const Error& error, const llm::TokenUsage& usage);

/// Counts the call in the metrics.
void count_end(
    const Services& services, const CallFacts& facts, const CallEnd& end, std::chrono::steady_clock::time_point began);

} // namespace siyu::inference
