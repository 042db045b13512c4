#include "app/cli/admin_messages.hpp"

#include "core/base/json.hpp"

#include <boost/json/serialize.hpp>

#include <array>

namespace siyu::cli {
namespace {

constexpr std::array all_codes{Errc::invalid, Errc::unauthenticated, Errc::forbidden, Errc::not_found, Errc::conflict,
    Errc::too_large, Errc::rate_limited, Errc::unavailable, Errc::timeout, Errc::cancelled, Errc::upstream, Errc::corrupt,
    Errc::internal};

std::string text_of(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

Errc code_of(std::string_view name)
{
    for (const auto code : all_codes)
        if (to_string(code) == name)
            return code;
    return Errc::internal;
}

} // namespace

Result<json::object> read_admin_line(std::string_view line)
{
    if (line.ends_with('\n'))
        line.remove_suffix(1);
    auto value = parse_json(line);
    if (!value)
        return fail(value.error());
    if (!value->is_object())
        return fail(Errc::invalid, "not an object", "not_an_object");
    return std::move(value->as_object());
}

std::string write_admin_answer(const Result<json::object>& answer)
{
    json::object out;
    if (answer)
        out["ok"] = *answer;
    else
        out["error"] = json::object{{"code", to_string(answer.error().code)}, {"reason", answer.error().reason},
            {"detail", answer.error().detail}, {"field", answer.error().field}};
    return json::serialize(out) + "\n";
}

Result<json::object> read_admin_answer(std::string_view line)
{
    auto answer = read_admin_line(line);
    if (!answer)
        return answer;
    if (auto* ok = answer->if_contains("ok"); ok != nullptr && ok->is_object())
        return std::move(ok->as_object());
    const auto* error = answer->if_contains("error");
    if (error == nullptr || !error->is_object())
        return fail(Errc::internal, "the server's answer is not understood");
    const auto& told = error->as_object();
    return fail(code_of(text_of(told, "code")), text_of(told, "detail"), text_of(told, "reason"), text_of(told, "field"));
}

} // namespace siyu::cli
