#pragma once

#include "app/api/assets.hpp"
#include "app/api/client_address.hpp"
#include "app/api/live_streams.hpp"
#include "core/observe/log.hpp"
#include "core/observe/metrics.hpp"
#include "features/chat/conversations.hpp"
#include "features/chat/turns.hpp"
#include "models/inference/inference.hpp"
#include "models/llm/supervisor.hpp"
#include "state/storage/storage.hpp"
#include "trust/audit/log.hpp"
#include "trust/audit/verifier.hpp"
#include "trust/identity/identity.hpp"
#include "trust/policy/rate_limit.hpp"

#include <functional>
#include <string>
#include <vector>

namespace siyu::api {

struct ApiSettings {
    bool is_plain_beyond_loopback = false;
    bool is_https = false;
    bool shows_metrics = true; ///< on this listener, to loopback callers
    std::vector<std::string> cors_origins;
    std::size_t prompt_bytes_max = 4 * 1024 * 1024;
    std::size_t gateway_body_bytes_max = 8 * 1024 * 1024;
    policy::Rate address_rate;
    policy::Rate user_rate;
    policy::Rate sign_in_rate;
};

/// What the handlers work with. References: all of it outlives the server.
struct Services {
    TenantId tenant;
    const Clock& clock;
    observe::Log& log;
    observe::Metrics& metrics;
    storage::Storage& storage;
    identity::Identity& identity;
    chat::Conversations& conversations;
    chat::Turns& turns;
    inference::Inference& inference;
    llm::Registry& registry;
    llm::Supervisor& supervisor;
    audit::Log& audit_log;
    std::function<Task<Result<audit::Verification>>()> verify_audit;
    LiveStreams& streams;
    ClientAddress client_address;
    Assets assets;
    ApiSettings settings;
    /// False once the shutdown has begun: /health/ready then answers 503, so that a balancer sends nobody more.
    std::function<bool()> is_ready;
};

} // namespace siyu::api
