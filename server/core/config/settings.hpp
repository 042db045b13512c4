#pragma once

#include "core/config/secret.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace siyu::config {

// What an operator can set, with the defaults. Plain values: `load` has checked them, `wiring` hands each module its part.

struct HostPort {
    std::string host; ///< an IP address, or "localhost"
    std::uint16_t port = 0; ///< 0: the system chooses
    bool operator==(const HostPort&) const = default;
};

/// "127.0.0.1:3000", "[::1]:3000".
std::string to_string(const HostPort& address);
bool is_loopback(const std::string& host);

enum class LogLevel { debug, info, warn, error };
enum class LogFormat { automatic, json, text }; ///< automatic: text on a terminal, else JSON

struct LogSettings {
    LogLevel level = LogLevel::info;
    LogFormat format = LogFormat::automatic;
    std::string file; ///< empty: standard error
};

/// A model server that siyu starts and watches.
struct EngineSettings {
    std::string name;
    std::vector<std::string> command;
    std::vector<std::string> models; ///< what it serves, by the names that users see
    std::string health = "/health";
    std::map<std::string, std::string> env;
};

struct ProviderTimeouts {
    std::chrono::milliseconds connect{5'000};
    std::chrono::milliseconds first_token{180'000};
    std::chrono::milliseconds between_tokens{60'000};
    std::chrono::milliseconds total{3'600'000};
};

/// An OpenAI-compatible server that is there already.
struct ProviderSettings {
    std::string name;
    std::string base_url; ///< without a slash at its end and without "/v1"
    Secret api_key;
    std::vector<std::string> models; ///< empty: as its /v1/models tells
    std::int64_t context_window = 0; ///< tokens per request; 0: as the server reports
    ProviderTimeouts timeouts;
};

struct SessionSettings {
    std::chrono::minutes idle{30};
    std::chrono::minutes absolute{12 * 60};
};

struct LockoutSettings {
    std::int64_t attempts = 5; ///< failures of one account
    std::int64_t address_attempts = 20; ///< failures from one address, whatever the account
    std::chrono::minutes duration{15};
};

/// Requests a minute, with as many at once. 0 switches one off.
struct RateSettings {
    std::int64_t address_per_minute = 1'200;
    std::int64_t user_per_minute = 600;
    std::int64_t sign_in_per_minute = 60; ///< from one address
};

struct LimitSettings {
    std::int64_t body_bytes = 8 * 1024 * 1024;
    std::int64_t connections = 10'000;
};

struct Settings {
    HostPort listen{"127.0.0.1", 3000};
    std::string public_url; ///< "https://chat.example.org"; empty: the address that is listened on
    bool allow_plain_http = false;
    std::vector<std::string> trusted_proxies; ///< addresses or networks ("10.0.0.0/8") whose X-Forwarded-For counts
    std::vector<std::string> cors_origins;
    std::string data = "data"; ///< the data directory
    std::optional<HostPort> metrics_listen; ///< absent: on the main listener, for loopback callers alone
    LogSettings log;
    std::vector<EngineSettings> engines;
    std::vector<ProviderSettings> providers;
    std::string default_model; ///< empty: the first one
    SessionSettings session;
    std::int64_t password_length_min = 12;
    LockoutSettings lockout;
    RateSettings rate;
    LimitSettings limits;
    std::int64_t threads = 0; ///< 0: one for each core
};

/// Whether browsers reach the server by HTTPS: decides the cookie's name and its Secure.
bool is_https(const Settings& settings);
/// Traffic crosses a network in clear: the page shows a banner.
bool is_plain_beyond_loopback(const Settings& settings);
/// `public_url`, or what `listen` makes of it.
std::string base_url(const Settings& settings);

} // namespace siyu::config
