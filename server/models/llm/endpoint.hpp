#pragma once

#include "core/base/result.hpp"

#include <string>
#include <string_view>

namespace siyu::llm {

/// Where a model server listens.
struct Endpoint {
    std::string origin; ///< "http://host:port", lower case
    std::string prefix; ///< before "/v1/…"; empty, or "/path" without a slash at its end
    std::string key; ///< bearer token; empty: none

    bool is_loopback() const;
};

/// Reads "http://host[:port][/path][/v1][/]". Errc::invalid, with a sentence in the detail, for anything else.
Result<Endpoint> parse_endpoint(std::string_view url, std::string key);

} // namespace siyu::llm
