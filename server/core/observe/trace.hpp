#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace siyu::observe {

/// One request's place in a distributed trace (W3C Trace Context 1).
struct Trace {
    std::string trace_id; ///< 32 hexadecimal digits, not all zero
    std::string span_id; ///< 16, not all zero
    bool is_sampled = false;
};

Trace new_trace();
/// The same trace, a span of its own.
Trace child_of(const Trace& parent);
/// From the header `traceparent`; nullopt when malformed (the caller then starts a new trace). Versions above 00 are read as
/// their first four fields, as the recommendation says.
std::optional<Trace> parse_traceparent(std::string_view header);
std::string to_traceparent(const Trace& trace);

} // namespace siyu::observe
