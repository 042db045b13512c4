#include "features/chat/parameters.hpp"

#include <boost/json/value.hpp>

namespace siyu::chat {

namespace {

struct Range {
    std::string_view name;
    bool is_whole = false;
    double min = 0;
    double max = 0;
};

constexpr double any_whole = 9.0e18;
constexpr auto ranges = std::to_array<Range>({
    {"temperature", false, 0, 2},
    {"top_p", false, 0, 1},
    {"max_tokens", true, 1, 1'000'000},
    {"seed", true, -any_whole, any_whole},
});

std::unexpected<Error> bad(std::string_view field, std::string_view reason)
{
    return fail(Errc::invalid, "a parameter does not fit", std::string(reason), "parameters." + std::string(field));
}

std::optional<double> number(const boost::json::object& parameters, std::string_view name)
{
    const auto* value = parameters.if_contains(name);
    return value && value->is_number() ? std::optional(value->to_number<double>()) : std::nullopt;
}

std::optional<std::int64_t> whole(const boost::json::object& parameters, std::string_view name)
{
    const auto* value = parameters.if_contains(name);
    return value && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

} // namespace

Result<void> check_parameters(const boost::json::object& parameters)
{
    for (const auto& [name, value] : parameters) {
        const auto range = std::ranges::find(ranges, std::string_view(name), &Range::name);
        if (range == ranges.end())
            return bad(name, "unknown_field");
        if (!value.is_number() || (range->is_whole && !value.is_int64()))
            return bad(name, "wrong_type");
        if (const auto given = value.to_number<double>(); given < range->min || given > range->max)
            return bad(name, "out_of_range");
    }
    return {};
}

void apply_parameters(const boost::json::object& parameters, llm::ChatRequest& request)
{
    request.temperature = number(parameters, "temperature");
    request.top_p = number(parameters, "top_p");
    request.max_tokens = whole(parameters, "max_tokens");
    request.seed = whole(parameters, "seed");
}

} // namespace siyu::chat
