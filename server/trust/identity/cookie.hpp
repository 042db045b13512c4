#pragma once

#include "io/net/http_message.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace siyu::identity {

/// The session's cookie (RFC 6265bis): HttpOnly, SameSite=Strict, for the whole path; with HTTPS also Secure and under the
/// prefix __Host-, which keeps sibling hosts from planting one.
class SessionCookie {
public:
    explicit SessionCookie(bool is_https) : is_https_(is_https) { }

    std::string_view name() const { return is_https_ ? "__Host-siyu_session" : "siyu_session"; }
    /// Values of Set-Cookie.
    std::string make(std::string_view token, std::chrono::seconds max_age) const;
    std::string clear() const;
    /// The token in the request; nullopt when absent, malformed, or there twice with different values (one may be planted).
    std::optional<std::string> read(const http::Headers& headers) const;

private:
    bool is_https_;
};

/// The value of `name` in one Cookie header, by the same rules.
std::optional<std::string> cookie_value(std::string_view header, std::string_view name);

} // namespace siyu::identity
