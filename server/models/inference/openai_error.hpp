#pragma once

#include "core/base/error.hpp"
#include "io/net/http_message.hpp"

#include <string>

namespace siyu::inference {

/// The HTTP status that OpenAI's clients expect for an error.
int openai_status(const Error& error);

/// {"error":{"message","type","param","code"}}: `code` is the error's reason, `message` a sentence that a developer can act on.
std::string openai_error_body(const Error& error);

http::Response openai_error(const Error& error);

/// The same as the last event of a stream that has begun.
std::string openai_error_event(const Error& error);

} // namespace siyu::inference
