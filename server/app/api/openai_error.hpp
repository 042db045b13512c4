#pragma once

#include "app/api/locale.hpp"
#include "core/base/error.hpp"
#include "io/net/http_message.hpp"

#include <optional>

namespace siyu::api {

/// An error as the OpenAI SDKs expect it below /v1: {"error": {"message", "type", "param", "code"}}, with the status that makes
/// them raise the fitting exception. Source: OpenAI API reference, "Errors".
/// `status` where it is not the one of the error's class.
http::Response openai_error(const Error& error, Locale locale, std::optional<int> status = std::nullopt);

} // namespace siyu::api
