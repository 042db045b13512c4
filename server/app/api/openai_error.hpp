#pragma once

#include "app/api/locale.hpp"
#include "core/base/error.hpp"
#include "io/net/http_message.hpp"

namespace siyu::api {

/// An error as the OpenAI SDKs expect it below /v1: {"error": {"message", "type", "param", "code"}}, with the status that makes
/// them raise the fitting exception. Source: OpenAI API reference, "Errors".
http::Response openai_error(const Error& error, Locale locale);

} // namespace siyu::api
