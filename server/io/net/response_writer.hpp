#pragma once

#include "io/net/http_message.hpp"

#include <string>

namespace siyu::http {

/// How a response's body is sent.
enum class Delivery { no_body, whole, chunked, until_close };

/// HTTP's rules first (204, 304 and HEAD have none), then the response's own kind.
Delivery delivery_of(const Response& response, bool is_head_request, int minor_version);

/// Writes status line and fields into `out` (which is cleared). The server's own fields stand here: Date, Content-Length,
/// Transfer-Encoding and Connection; what the response says of them is left out. False when a field could break the framing.
bool write_head(std::string& out, const Response& response, Delivery delivery, bool keep_alive);

/// "Sun, 06 Nov 1994 08:49:37 GMT"; made once per second and thread.
std::string_view http_date_now();

} // namespace siyu::http
