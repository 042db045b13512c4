#pragma once

#include "core/base/result.hpp"

#include <boost/json/value.hpp>

#include <string_view>

namespace siyu {

namespace json = boost::json;

inline constexpr std::size_t json_depth_max = 64;

/// Reads JSON (RFC 8259) so that no other reader can take it differently: duplicate member names, invalid UTF-8, lone
/// surrogates, trailing text and nesting beyond `json_depth_max` are refused. Errc::invalid with reason "bad_json" or
/// "duplicate_key".
Result<json::value> parse_json(std::string_view text);

} // namespace siyu
