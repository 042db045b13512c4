#include "trust/identity/cookie.hpp"

#include "core/base/text.hpp"
#include "trust/identity/limits.hpp"

#include <algorithm>

namespace siyu::identity {
namespace {

constexpr std::size_t cookie_header_bytes_max = 16'384;

bool is_token(std::string_view text)
{
    return !text.empty() && text.size() <= token_chars_max && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

/// Every value of `name`, as it stands.
void collect(std::string_view header, std::string_view name, std::vector<std::string_view>& out)
{
    if (header.size() > cookie_header_bytes_max)
        return;
    while (!header.empty()) {
        const auto end = std::min(header.find(';'), header.size());
        const auto pair = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && trim(pair.substr(0, equals)) == name)
            out.push_back(trim(pair.substr(equals + 1)));
    }
}

std::optional<std::string> only_token(const std::vector<std::string_view>& values)
{
    const bool is_clear = !values.empty() && is_token(values.front())
        && std::ranges::all_of(values, [&](std::string_view value) { return value == values.front(); });
    return is_clear ? std::optional(std::string(values.front())) : std::nullopt;
}

} // namespace

std::optional<std::string> cookie_value(std::string_view header, std::string_view name)
{
    std::vector<std::string_view> values;
    collect(header, name, values);
    return only_token(values);
}

std::optional<std::string> SessionCookie::read(const http::Headers& headers) const
{
    std::vector<std::string_view> values;
    for (const auto& [field, value] : headers.fields())
        if (equals_ignoring_case(field, "Cookie"))
            collect(value, name(), values);
    return only_token(values);
}

std::string SessionCookie::make(std::string_view token, std::chrono::seconds max_age) const
{
    std::string out(name());
    out += '=';
    out += token;
    out += "; Path=/; Max-Age=" + std::to_string(max_age.count()) + "; HttpOnly; SameSite=Strict";
    if (is_https_)
        out += "; Secure";
    return out;
}

std::string SessionCookie::clear() const
{
    return make("", std::chrono::seconds(0));
}

} // namespace siyu::identity
