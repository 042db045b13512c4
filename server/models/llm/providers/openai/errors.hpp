#pragma once

#include "core/base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace siyu::llm::openai {

/// What an upstream's error answer means to us. Its own words stay out: they may quote the prompt.
/// Reasons: "upstream_auth" (401, 403: our key, not the caller's), "upstream_rate_limited" (429), "model_overloaded" (503,
/// 529), "model_loading" (503 that says so), "context_exceeded", "upstream_model_not_found" (404), "upstream_timeout",
/// "upstream_refused" (other 4xx), "upstream_error".
Error read_error(int status, std::string_view body);

/// The error object inside a stream's event (`data: {"error":…}`), if this is one.
std::optional<Error> read_stream_error(std::string_view data);

} // namespace siyu::llm::openai
