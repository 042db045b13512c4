#pragma once

#include "models/inference/call.hpp"
#include "models/inference/services.hpp"

namespace siyu::inference {

/// The call that Inference::admit gives out.
class GovernedCall final : public Call {
public:
    GovernedCall(const Services& services, CallFacts facts) : services_(services), facts_(std::move(facts)) { }

    const CallFacts& facts() const override { return facts_; }
    std::optional<llm::Upstream> upstream() const override;
    Task<Result<void>> record_start(storage::Commit rows) override;
    Task<Result<std::unique_ptr<CallStream>>> open(
        llm::ChatRequest request, std::shared_ptr<http::Abort> abort, std::function<void()> on_sent) override;
    Task<Result<void>> record_end(CallEnd end, storage::Commit rows) override;

private:
    const Services& services_;
    CallFacts facts_;
    bool is_started_ = false; ///< *started* is durable: without it nothing may be sent
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

} // namespace siyu::inference
