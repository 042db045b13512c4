#pragma once

#include "io/net/http_message.hpp"

#include <boost/json/value.hpp>

namespace siyu::api {

/// A JSON answer. Never kept by a cache: it belongs to one person.
http::Response json_answer(int status, const boost::json::value& body);

http::Response no_content();

} // namespace siyu::api
