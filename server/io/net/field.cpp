#include "io/net/field.hpp"

#include "core/base/text.hpp"
#include "io/net/http_message.hpp"

#include <array>

namespace siyu::http {

namespace {

constexpr auto token_characters = [] {
    std::array<bool, 256> table{};
    for (const unsigned char c : std::string_view("!#$%&'*+-.^_`|~0123456789"
                                                  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        table[c] = true;
    return table;
}();

} // namespace

bool is_token(std::string_view text)
{
    for (const unsigned char c : text)
        if (!token_characters[c])
            return false;
    return !text.empty();
}

bool add_field(std::string_view line, Headers& headers)
{
    const auto colon = line.find(':');
    if (colon == std::string_view::npos)
        return false;
    const auto name = line.substr(0, colon);
    if (!is_token(name))
        return false;
    headers.add(std::string(name), std::string(trim(line.substr(colon + 1))));
    return true;
}

bool has_element(const Headers& headers, std::string_view name, std::string_view element)
{
    for (const auto& [field, value] : headers.fields()) {
        if (!equals_ignoring_case(field, name))
            continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto comma = rest.find(',');
            if (equals_ignoring_case(trim(rest.substr(0, comma)), element))
                return true;
            rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        }
    }
    return false;
}

} // namespace siyu::http
