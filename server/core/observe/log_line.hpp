#pragma once

#include "core/base/clock.hpp"
#include "core/observe/log.hpp"

namespace siyu::observe {

/// What one line says.
struct LogEntry {
    Time at;
    Severity severity = Severity::info;
    std::string_view action;
    std::string_view message;
    std::initializer_list<Field> fields;
    const Trace* trace = nullptr;
};

/// One JSON object with ECS names, without a line's end. Control characters and ill-formed UTF-8 in values are escaped, so that
/// no value can begin a line of its own.
std::string to_json_line(const LogEntry& entry);
/// "2026-01-31 12:00:00.123 info  message (key=value …)", for people; times in UTC.
std::string to_text_line(const LogEntry& entry);

} // namespace siyu::observe
