#pragma once

#include "models/inference/services.hpp"

#include <memory>
#include <string>

namespace siyu::inference {

/// An upstream that is ready for one request, and the slot for it.
struct Line {
    llm::Upstream upstream;
    llm::Slots::Slot slot;
};

/// Waits until the model is there (while it loads, or its engine is started again) and has a slot. Errc::unavailable
/// ("model_down"), not_found, rate_limited ("model_queue_full"), timeout, cancelled.
Task<Result<Line>> wait_for_line(const Services& services, std::string model, std::shared_ptr<http::Abort> abort);

/// Sends a chat completion and returns when the answer's header has come, whatever its status.
Task<Result<std::unique_ptr<http::ClientResponse>>> send_chat(
    const Services& services, llm::Upstream upstream, std::string body, bool is_stream, std::shared_ptr<http::Abort> abort);

/// The error of a response's body with the reason that says what it means here.
Error body_error(Error error);

} // namespace siyu::inference
