#include "io/net/target.hpp"

#include "core/base/text.hpp"
#include "io/net/http_message.hpp"

namespace siyu::http {

namespace {

int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool has_dot_segment(std::string_view path)
{
    while (!path.empty()) {
        path.remove_prefix(1); // its slash
        const auto segment = path.substr(0, path.find('/'));
        if (segment == "." || segment == "..")
            return true;
        path.remove_prefix(segment.size());
    }
    return false;
}

} // namespace

std::optional<std::string> percent_decode(std::string_view raw, bool plus_is_blank)
{
    std::string out;
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        char c = raw[i];
        if (c == '%') {
            const int high = i + 2 < raw.size() ? hex_digit(raw[i + 1]) : -1;
            const int low = i + 2 < raw.size() ? hex_digit(raw[i + 2]) : -1;
            if (high < 0 || low < 0)
                return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_blank) {
            c = ' ';
        }
        if (c == '\0')
            return std::nullopt;
        out += c;
    }
    if (!is_utf8(out))
        return std::nullopt;
    return out;
}

std::optional<std::string> normalise_path(std::string_view raw)
{
    if (!raw.starts_with('/'))
        return std::nullopt;
    auto path = percent_decode(raw, false);
    if (!path)
        return std::nullopt;
    std::size_t slashes = 0;
    for (const unsigned char c : *path) {
        if (c < 0x20 || c == 0x7f || c == '\\')
            return std::nullopt;
        slashes += c == '/';
    }
    for (const char c : raw)
        slashes -= c == '/';
    if (slashes != 0 || has_dot_segment(*path)) // more slashes than before: one was encoded
        return std::nullopt;
    return path;
}

std::optional<std::string> query_value(std::string_view query, std::string_view name)
{
    while (!query.empty()) {
        const auto pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        const auto equals = pair.find('=');
        if (percent_decode(pair.substr(0, equals), true) == name)
            return equals == std::string_view::npos ? std::string() : percent_decode(pair.substr(equals + 1), true);
    }
    return std::nullopt;
}

} // namespace siyu::http
