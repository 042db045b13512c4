#include "app/api/json_body.hpp"

#include <algorithm>

namespace siyu::api {
namespace {

std::size_t code_points(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool is_forbidden_control(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') || byte == 0x7f;
}

} // namespace

JsonBody::JsonBody(std::string_view text)
{
    auto value = parse_json(text.empty() ? "{}" : text);
    if (!value)
        error_ = value.error();
    else if (!value->is_object())
        refuse("not_an_object", "");
    else
        members_ = std::move(value->as_object());
}

const json::value* JsonBody::take(std::string_view name)
{
    asked_.push_back(name);
    return error_ ? nullptr : members_.if_contains(name);
}

void JsonBody::refuse(std::string_view reason, std::string_view name)
{
    if (!error_)
        error_ = Error(Errc::invalid, {}, std::string(reason), std::string(name));
}

std::optional<std::string> JsonBody::checked_text(
    const json::value& value, std::string_view name, std::size_t min, std::size_t max)
{
    if (!value.is_string()) {
        refuse("wrong_type", name);
        return std::nullopt;
    }
    const std::string_view text(value.as_string().data(), value.as_string().size());
    const auto length = code_points(text);
    if (length < min)
        refuse(length == 0 ? "empty_field" : "too_short", name);
    else if (length > max)
        refuse("too_long", name);
    else if (std::ranges::any_of(text, is_forbidden_control))
        refuse("control_character", name);
    return std::string(text);
}

std::string JsonBody::text(std::string_view name, std::size_t min, std::size_t max)
{
    const auto* value = take(name);
    if (value == nullptr) {
        refuse("missing_field", name);
        return {};
    }
    return checked_text(*value, name, min, max).value_or("");
}

std::optional<std::string> JsonBody::optional_text(std::string_view name, std::size_t min, std::size_t max)
{
    const auto* value = take(name);
    return value == nullptr ? std::nullopt : checked_text(*value, name, min, max);
}

std::optional<std::optional<std::string>> JsonBody::nullable_text(std::string_view name, std::size_t min, std::size_t max)
{
    const auto* value = take(name);
    if (value == nullptr)
        return std::nullopt;
    if (value->is_null())
        return std::optional<std::string>();
    return checked_text(*value, name, min, max);
}

std::optional<bool> JsonBody::optional_bool(std::string_view name)
{
    const auto* value = take(name);
    if (value == nullptr)
        return std::nullopt;
    if (!value->is_bool()) {
        refuse("wrong_type", name);
        return std::nullopt;
    }
    return value->as_bool();
}

std::optional<std::int64_t> JsonBody::optional_integer(std::string_view name, std::int64_t min, std::int64_t max)
{
    const auto* value = take(name);
    if (value == nullptr)
        return std::nullopt;
    if (!value->is_int64()) {
        refuse("wrong_type", name);
        return std::nullopt;
    }
    if (value->as_int64() < min || value->as_int64() > max)
        refuse("out_of_range", name);
    return value->as_int64();
}

std::vector<std::string> JsonBody::texts(std::string_view name, std::size_t count_max)
{
    const auto* value = take(name);
    if (value == nullptr) {
        refuse("missing_field", name);
        return {};
    }
    if (!value->is_array() || value->as_array().size() > count_max) {
        refuse(value->is_array() ? "too_long" : "wrong_type", name);
        return {};
    }
    std::vector<std::string> out;
    for (const auto& element : value->as_array())
        out.push_back(checked_text(element, name, 1, 200).value_or(""));
    return out;
}

std::optional<json::object> JsonBody::optional_object(std::string_view name)
{
    const auto* value = take(name);
    if (value == nullptr)
        return std::nullopt;
    if (!value->is_object()) {
        refuse("wrong_type", name);
        return std::nullopt;
    }
    return value->as_object();
}

Result<void> JsonBody::finish() const
{
    if (error_)
        return fail(*error_);
    for (const auto& member : members_)
        if (std::ranges::find(asked_, std::string_view(member.key().data(), member.key().size())) == asked_.end())
            return fail(Errc::invalid, "a member that nobody reads", "unknown_field", std::string(member.key()));
    return {};
}

} // namespace siyu::api
