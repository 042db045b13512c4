#include "core/observe/log_line.hpp"

#include "core/base/text.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>

namespace siyu::observe {
namespace {

constexpr std::size_t value_bytes_max = 2'000; ///< of one field: a line stays one that every shipper takes

constexpr std::array severity_names{
    std::string_view("debug"), std::string_view("info"), std::string_view("warn"), std::string_view("error")};

std::string_view name_of(Severity severity)
{
    return severity_names[static_cast<std::size_t>(severity)];
}

/// Well-formed UTF-8 of bounded length: what is not becomes '?'.
std::string cleaned(std::string_view text)
{
    std::string out(utf8_prefix(text, value_bytes_max));
    if (!is_utf8(out))
        for (auto& c : out)
            if (static_cast<unsigned char>(c) >= 0x80)
                c = '?';
    return out;
}

void append_escaped(std::string& out, std::string_view text)
{
    for (const char c : cleaned(text)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (byte < 0x20 || byte == 0x7f)
            out += fmt::format("\\u{:04x}", byte);
        else
            out += c;
    }
}

void append_member(std::string& out, std::string_view name, std::string_view text)
{
    out += ",\"";
    out += name;
    out += "\":\"";
    append_escaped(out, text);
    out += '"';
}

/// A field that says nothing is left out, so that callers need not ask.
bool is_empty(const Field& field)
{
    const auto* text = std::get_if<std::string_view>(&field.value);
    return text != nullptr && text->empty();
}

/// Text that needs quotation in a line for people gets it.
void append_readable(std::string& out, std::string_view text)
{
    const bool is_plain = !text.empty() && text.find_first_of(" \"=()\\") == std::string_view::npos;
    if (!is_plain)
        out += '"';
    append_escaped(out, text);
    if (!is_plain)
        out += '"';
}

} // namespace

std::string_view to_string(Key key)
{
    switch (key) {
    case Key::http_method: return "http.request.method";
    case Key::url_path: return "url.path";
    case Key::http_status: return "http.response.status_code";
    case Key::http_request_bytes: return "http.request.body.bytes";
    case Key::http_response_bytes: return "http.response.body.bytes";
    case Key::duration_us: return "siyu.duration_us";
    case Key::client_ip: return "client.ip";
    case Key::request_id: return "http.request.id";
    case Key::user_id: return "user.id";
    case Key::credential_id: return "siyu.credential.id";
    case Key::user_agent: return "user_agent.original";
    case Key::error_code: return "error.code";
    case Key::error_message: return "error.message";
    case Key::conversation_id: return "siyu.conversation.id";
    case Key::turn_id: return "siyu.turn.id";
    case Key::model: return "siyu.model";
    case Key::provider: return "siyu.provider";
    case Key::engine: return "siyu.engine";
    case Key::attempt: return "siyu.attempt";
    case Key::process_pid: return "process.pid";
    case Key::exit_code: return "process.exit_code";
    case Key::task: return "siyu.task";
    case Key::route: return "siyu.route";
    case Key::permission: return "siyu.permission";
    case Key::reason: return "event.reason";
    case Key::count: return "siyu.count";
    case Key::bytes: return "siyu.bytes";
    case Key::address: return "server.address";
    case Key::path: return "file.path";
    case Key::version: return "service.version";
    }
    return "siyu.unknown";
}

std::string to_json_line(const LogEntry& entry)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(entry.at);
    std::string out = fmt::format("{{\"@timestamp\":\"{:%Y-%m-%dT%H:%M:%S}.{:06}Z\",\"log.level\":\"{}\"", seconds,
        (entry.at - seconds).count(), name_of(entry.severity));
    append_member(out, "message", entry.message);
    out += ",\"ecs.version\":\"8.11.0\",\"service.name\":\"siyu\"";
    append_member(out, "event.action", entry.action);
    if (entry.trace != nullptr) {
        append_member(out, "trace.id", entry.trace->trace_id);
        append_member(out, "span.id", entry.trace->span_id);
    }
    for (const auto& field : entry.fields) {
        if (is_empty(field))
            continue;
        if (const auto* number = std::get_if<std::int64_t>(&field.value))
            out += fmt::format(",\"{}\":{}", to_string(field.key), *number);
        else
            append_member(out, to_string(field.key), std::get<std::string_view>(field.value));
    }
    out += '}';
    return out;
}

std::string to_text_line(const LogEntry& entry)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(entry.at);
    std::string out = fmt::format("{:%Y-%m-%d %H:%M:%S}.{:03} {:<5} {}", seconds, (entry.at - seconds).count() / 1000,
        name_of(entry.severity), entry.message);
    bool is_first = true;
    for (const auto& field : entry.fields) {
        if (is_empty(field))
            continue;
        out += is_first ? " (" : " ";
        is_first = false;
        const auto name = to_string(field.key);
        out += name.substr(name.rfind('.') + 1);
        out += '=';
        if (const auto* number = std::get_if<std::int64_t>(&field.value))
            out += std::to_string(*number);
        else
            append_readable(out, std::get<std::string_view>(field.value));
    }
    if (!is_first)
        out += ')';
    return out;
}

} // namespace siyu::observe
