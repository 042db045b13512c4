#pragma once

#include "io/net/http_message.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace siyu::api {

/// One file of the web application, as it is and compressed (empty where that would not pay).
struct Asset {
    std::string_view path; ///< "/assets/index-BnQ2xZ1c.js"
    std::string_view content_type;
    std::string_view etag; ///< with its quotes
    bool is_immutable;     ///< its name carries a hash of its content
    std::string_view identity;
    std::string_view brotli;
    std::string_view gzip;
};

/// What the build put into the binary.
std::span<const Asset> embedded_assets();

/// Serves the web application: compressed as the client accepts, 304 on a matching ETag, and index.html for every address that
/// is a page of the application rather than a file.
class Assets {
public:
    explicit Assets(std::span<const Asset> table) : table_(table) { }
    http::Response serve(const http::Request& request) const;

private:
    const Asset* find(std::string_view path) const;

    std::span<const Asset> table_;
};

} // namespace siyu::api
