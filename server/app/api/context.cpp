#include "app/api/context.hpp"

#include <charconv>

namespace siyu::api {

Result<std::int64_t> Context::query_integer(
    std::string_view name, std::int64_t min, std::int64_t max, std::int64_t fallback) const
{
    const auto text = query(name);
    if (!text)
        return fallback;
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (failure != std::errc() || end != text->data() + text->size() || value < min || value > max)
        return fail(Errc::invalid, {}, "bad_parameter", std::string(name));
    return value;
}

Result<bool> Context::query_bool(std::string_view name, bool fallback) const
{
    const auto text = query(name);
    if (!text)
        return fallback;
    if (*text != "true" && *text != "false")
        return fail(Errc::invalid, {}, "bad_parameter", std::string(name));
    return *text == "true";
}

} // namespace siyu::api
