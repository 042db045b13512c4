#pragma once

#include "core/config/settings.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace siyu::config {

// The forms that values may have. Each gives the value in its normal form, or nothing when the text has another form.

/// HOST:PORT with an IP address (IPv6 in brackets) or "localhost".
std::optional<HostPort> read_host_port(std::string_view text);
/// http(s)://host[:port], in lower case; a slash at its end is dropped. No path, query or user.
std::optional<std::string> read_origin(std::string_view text);
/// http(s)://host[:port][/path] without query or user; slashes at its end and "/v1" are dropped.
std::optional<std::string> read_base_url(std::string_view text);
/// An IP address, or a network as address/bits.
std::optional<std::string> read_network(std::string_view text);
/// What names an engine, and so files of its: small letters, digits and '-', at most 64.
std::optional<std::string> read_engine_name(std::string_view text);
/// What names a provider or a model: printable, no blanks, at most 200 bytes.
std::optional<std::string> read_name(std::string_view text);
/// An absolute path of a URL: "/health".
std::optional<std::string> read_url_path(std::string_view text);
/// Any text without control characters, not empty, at most 4 KiB.
std::optional<std::string> read_text(std::string_view text);
/// What can stand in a header: visible ASCII, not empty, at most 8 KiB.
std::optional<std::string> read_key(std::string_view text);
std::optional<std::int64_t> read_integer(std::string_view text);

} // namespace siyu::config
