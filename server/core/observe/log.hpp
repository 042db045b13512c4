#pragma once

#include "core/observe/trace.hpp"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace siyu::observe {

enum class Severity { debug, info, warn, error };
enum class Format { json, text };

/// Text that stands in the source: a message cannot be put together from data, so no content or secret gets into it.
class Literal {
public:
    consteval Literal(const char* text) : text_(text) { }
    constexpr std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

/// What may be logged beside the message: a closed list (Elastic Common Schema where it has a name). Ids, counts, names of
/// parts: never content, credentials, query strings or addresses of pages.
enum class Key {
    http_method,
    url_path, ///< without query
    http_status,
    http_request_bytes,
    http_response_bytes,
    duration_us,
    client_ip,
    request_id,
    user_id,
    credential_id,
    user_agent,
    error_code,
    error_message, ///< an Error's `detail`
    conversation_id,
    turn_id,
    model,
    provider,
    engine,
    attempt,
    process_pid,
    exit_code,
    task,
    route,
    permission,
    reason,
    count,
    bytes,
    address, ///< one that the server listens on or connects to
    path, ///< a file of the installation
    version,
};

std::string_view to_string(Key key);

struct Field {
    Key key;
    std::variant<std::int64_t, std::string_view> value;

    Field(Key key, std::string_view text) : key(key), value(text) { }
    Field(Key key, const std::string& text) : key(key), value(std::string_view(text)) { }
    Field(Key key, const char* text) : key(key), value(std::string_view(text)) { }
    template <std::integral Number> Field(Key key, Number number) : key(key), value(static_cast<std::int64_t>(number)) { }
};

/// The log of the process: one line an event, JSON with ECS names or readable text. Thread-safe; a line is made on the caller's
/// thread and written on another; when that one falls behind, the oldest lines give way rather than the server stand still.
/// What must not be lost is in the audit log, not here.
class Log {
public:
    using Sink = std::function<void(std::string_view line)>;

    struct Options {
        Severity level = Severity::info;
        Format format = Format::json;
        std::string file; ///< appended to; empty: standard error
    };

    /// Errors of opening the file come as text in `open_error()`, and the log then goes to standard error.
    explicit Log(Options options);
    /// For tests: every line goes to `sink`, at once.
    Log(Options options, Sink sink);
    ~Log();

    /// `action` is a dotted name ("http.request", "engine.start"): event.action.
    void write(Severity severity, Literal action, Literal message, std::initializer_list<Field> fields = {},
        const Trace* trace = nullptr);

    void debug(Literal action, Literal message, std::initializer_list<Field> fields = {}, const Trace* trace = nullptr)
    {
        write(Severity::debug, action, message, fields, trace);
    }
    void info(Literal action, Literal message, std::initializer_list<Field> fields = {}, const Trace* trace = nullptr)
    {
        write(Severity::info, action, message, fields, trace);
    }
    void warn(Literal action, Literal message, std::initializer_list<Field> fields = {}, const Trace* trace = nullptr)
    {
        write(Severity::warn, action, message, fields, trace);
    }
    void error(Literal action, Literal message, std::initializer_list<Field> fields = {}, const Trace* trace = nullptr)
    {
        write(Severity::error, action, message, fields, trace);
    }

    bool is_enabled(Severity severity) const { return severity >= level_; }
    const std::string& open_error() const { return open_error_; }

private:
    class Writer;
    Severity level_;
    Format format_;
    std::string open_error_;
    Sink sink_;
    std::unique_ptr<Writer> writer_;
};

} // namespace siyu::observe
