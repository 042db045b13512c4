#pragma once

#include "models/inference/closer.hpp"
#include "models/inference/inference.hpp"
#include "models/inference/json_inspection.hpp"
#include "models/inference/services.hpp"

namespace siyu::inference {

/// The pass-through of one admitted request: bytes go on as they came, and the answer's as they come.
Task<http::Response> relay_chat(
    const Services& services, Closer& closer, CallFacts facts, RelayRequest request, ChatInspection inspection);

} // namespace siyu::inference
