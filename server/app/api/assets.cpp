#include "app/api/assets.hpp"

#include <algorithm>
#include <string>

namespace siyu::api {
namespace {

/// Everything from the installation itself. Inline styles are Ant Design's and Mermaid's; scripts are never inline.
constexpr std::string_view content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "
    "'none'";

constexpr std::string_view page_missing = "<!doctype html><meta charset=utf-8><title>Siyu</title><p>This binary was built "
                                          "without the web application. Run: make build";

bool accepts(const http::Request& request, std::string_view coding)
{
    auto accepted = request.header("Accept-Encoding");
    while (!accepted.empty()) {
        const auto comma = accepted.find(',');
        auto one = accepted.substr(0, comma);
        one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
        if (one.substr(0, one.find_first_of("; ")) == coding && one.find("q=0") == std::string_view::npos)
            return true;
        accepted = comma == std::string_view::npos ? std::string_view() : accepted.substr(comma + 1);
    }
    return false;
}

void choose_body(http::Response& response, const http::Request& request, const Asset& asset)
{
    if (!asset.brotli.empty() && accepts(request, "br")) {
        response.headers.add("Content-Encoding", "br");
        response.static_body = asset.brotli;
    } else if (!asset.gzip.empty() && accepts(request, "gzip")) {
        response.headers.add("Content-Encoding", "gzip");
        response.static_body = asset.gzip;
    } else {
        response.static_body = asset.identity;
    }
}

} // namespace

const Asset* Assets::find(std::string_view path) const
{
    const auto found = std::ranges::find(table_, path, &Asset::path);
    return found == table_.end() ? nullptr : &*found;
}

http::Response Assets::serve(const http::Request& request) const
{
    http::Response response;
    const auto* asset = find(request.path);
    // A page of the application; a missing file stays missing, so that a stale script is not answered with HTML.
    if (asset == nullptr && request.path.rfind('.') == std::string::npos)
        asset = find("/index.html");
    if (asset == nullptr) {
        const bool is_page = request.path == "/";
        response.status = is_page ? 503 : 404;
        response.headers.add("Content-Type", "text/html; charset=utf-8");
        response.static_body = is_page ? page_missing : std::string_view();
        return response;
    }
    response.headers.add("ETag", std::string(asset->etag));
    response.headers.add("Cache-Control", asset->is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
    response.headers.add("Vary", "Accept-Encoding");
    if (request.header("If-None-Match") == asset->etag) {
        response.status = 304;
        return response;
    }
    response.headers.add("Content-Type", std::string(asset->content_type));
    if (asset->content_type.starts_with("text/html"))
        response.headers.add("Content-Security-Policy", std::string(content_security_policy));
    choose_body(response, request, *asset);
    return response;
}

} // namespace siyu::api
