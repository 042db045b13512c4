#include "core/observe/trace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

namespace siyu::observe {
namespace {

constexpr std::size_t trace_id_chars = 32;
constexpr std::size_t span_id_chars = 16;

/// Ids are labels, not secrets: a plain generator per thread will do.
std::uint64_t random_number()
{
    thread_local std::mt19937_64 generator{[] {
        std::random_device device;
        return (static_cast<std::uint64_t>(device()) << 32) ^ device();
    }()};
    std::uint64_t number = 0;
    while (number == 0)
        number = generator();
    return number;
}

bool is_lower_hex(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_id(std::string_view text)
{
    return is_lower_hex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

std::string new_span_id()
{
    return fmt::format("{:016x}", random_number());
}

} // namespace

Trace new_trace()
{
    return {fmt::format("{:016x}{:016x}", random_number(), random_number()), new_span_id(), false};
}

Trace child_of(const Trace& parent)
{
    return {parent.trace_id, new_span_id(), parent.is_sampled};
}

std::optional<Trace> parse_traceparent(std::string_view header)
{
    // version "-" trace-id "-" parent-id "-" flags
    constexpr std::size_t length = 2 + 1 + trace_id_chars + 1 + span_id_chars + 1 + 2;
    if (header.size() < length || header[2] != '-' || header[35] != '-' || header[52] != '-')
        return std::nullopt;
    const auto version = header.substr(0, 2);
    const auto flags = header.substr(53, 2);
    if (!is_lower_hex(version) || version == "ff" || !is_lower_hex(flags))
        return std::nullopt;
    if (header.size() > length && (version == "00" || header[length] != '-'))
        return std::nullopt;
    const auto trace_id = header.substr(3, trace_id_chars);
    const auto span_id = header.substr(36, span_id_chars);
    if (!is_id(trace_id) || !is_id(span_id))
        return std::nullopt;
    const char low = flags[1];
    const int digit = low <= '9' ? low - '0' : low - 'a' + 10;
    return Trace{std::string(trace_id), std::string(span_id), (digit & 1) != 0};
}

std::string to_traceparent(const Trace& trace)
{
    return "00-" + trace.trace_id + "-" + trace.span_id + (trace.is_sampled ? "-01" : "-00");
}

} // namespace siyu::observe
