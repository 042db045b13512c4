#pragma once

#include "app/api/locale.hpp"
#include "core/base/error.hpp"
#include "io/net/http_message.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string_view>

namespace siyu::api {

/// The HTTP status of an error: one table for the whole API.
int status_of(const Error& error);

/// RFC 9457: type, title (a sentence in the caller's language), status, code, and field where one is at fault. `error.detail`
/// stays here: it is for the log.
boost::json::object problem_body(const Error& error, Locale locale);

/// `status` where it is not the one of the error's class.
http::Response problem(const Error& error, Locale locale, std::optional<int> status = std::nullopt);

/// The sentence for a problem code; empty for a code that the catalogue does not have.
std::string_view problem_title(std::string_view code, Locale locale);

} // namespace siyu::api
