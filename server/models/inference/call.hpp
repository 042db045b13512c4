#pragma once

#include "io/net/http_client.hpp"
#include "models/inference/records.hpp"
#include "models/llm/chat.hpp"
#include "models/llm/registry.hpp"

#include <functional>
#include <memory>
#include <optional>

namespace siyu::inference {

/// An answer as it comes. Lives on the thread that opened it; letting it go closes the connection to the model.
class CallStream {
public:
    virtual ~CallStream() = default;
    /// The next piece that brought something; empty optional when the model has finished. Errors: upstream (with the closest
    /// reason there is: "model_overloaded", "context_exceeded", "upstream_auth", "upstream_cut", …), timeout
    /// ("connect_timeout", "first_token_timeout", "stalled", "total_timeout"), cancelled.
    virtual Task<Result<std::optional<llm::ChatDelta>>> next() = 0;
};

/// One governed model call, in this order: `Inference::admit` → `record_start` → `open` → `record_end`. One coroutine at a time
/// uses it; it may move to another thread between the steps.
class Call {
public:
    virtual ~Call() = default;

    virtual const CallFacts& facts() const = 0;
    /// The upstream as it is now; null when it no longer exists.
    virtual std::optional<llm::Upstream> upstream() const = 0;

    /// Makes *started* durable, with the caller's rows in the same Commit. Errc::unavailable or conflict: nothing is stored and
    /// the call is over.
    virtual Task<Result<void>> record_start(storage::Commit rows) = 0;

    /// Waits for the model (while it loads, while others are served; `on_sent` when it is this call's turn) and sends. Errors
    /// as CallStream::next, and rate_limited "model_queue_full", unavailable "model_down".
    virtual Task<Result<std::unique_ptr<CallStream>>> open(
        llm::ChatRequest request, std::shared_ptr<http::Abort> abort, std::function<void()> on_sent) = 0;

    /// Makes usage and *ended* durable, with the caller's rows in the same Commit. May be repeated when it fails.
    virtual Task<Result<void>> record_end(CallEnd end, storage::Commit rows) = 0;
};

} // namespace siyu::inference
