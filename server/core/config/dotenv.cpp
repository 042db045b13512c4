#include "core/config/dotenv.hpp"

#include "core/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace siyu::config {
namespace {

constexpr std::size_t dotenv_bytes_max = 1024 * 1024;

bool is_name(std::string_view text)
{
    const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
    return !text.empty() && is_letter(text.front())
        && std::ranges::all_of(text, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

bool is_rest_empty(std::string_view rest)
{
    rest = trim(rest);
    return rest.empty() || rest.starts_with('#');
}

std::optional<std::string> read_double_quoted(std::string_view text)
{
    std::string out;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"')
            return is_rest_empty(text.substr(i + 1)) ? std::optional(out) : std::nullopt;
        if (text[i] != '\\') {
            out += text[i];
            continue;
        }
        if (++i == text.size())
            return std::nullopt;
        switch (text[i]) {
        case 'n': out += '\n'; break;
        case 't': out += '\t'; break;
        case '"':
        case '\\':
        case '$': out += text[i]; break;
        default: return std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<std::string> read_value(std::string_view text)
{
    text = trim(text);
    if (text.starts_with('\'')) {
        const auto end = text.find('\'', 1);
        if (end == std::string_view::npos || !is_rest_empty(text.substr(end + 1)))
            return std::nullopt;
        return std::string(text.substr(1, end - 1));
    }
    if (text.starts_with('"'))
        return read_double_quoted(text);
    if (text.starts_with('#'))
        return std::string();
    return std::string(trim(text.substr(0, text.find(" #"))));
}

} // namespace

Result<std::vector<Variable>> read_dotenv(std::string_view text, const std::string& name, Language language)
{
    if (text.size() > dotenv_bytes_max || !is_utf8(text) || text.find('\0') != std::string_view::npos)
        return fail(Errc::invalid,
            name
                + Phrase{": the file is not UTF-8 text of at most 1 MiB.", "：文件不是 1 MiB 以内的 UTF-8 文本。"}
                    .in(language)
                    .data(),
            "bad_setting", name);
    std::vector<Variable> out;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        line = trim(line);
        if (line.empty() || line.starts_with('#'))
            continue;
        if (line.starts_with("export "))
            line = trim(line.substr(7));
        const auto equals = line.find('=');
        const auto variable = trim(line.substr(0, equals));
        const auto value = equals == std::string_view::npos ? std::nullopt : read_value(line.substr(equals + 1));
        const auto origin = fmt::format("{}:{}", name, number);
        if (!value || !is_name(variable))
            return fail(Errc::invalid,
                fmt::format("{}: {}", origin,
                    Phrase{"this line is not of the form NAME=value.", "此行不是 名称=值 的形式。"}.in(language)),
                "bad_setting", name);
        if (std::ranges::find(out, variable, &Variable::name) != out.end())
            return fail(Errc::invalid,
                fmt::format("{}: {} {}", origin, variable,
                    Phrase{"is there twice; remove one.", "重复，请删除其中一个。"}.in(language)),
                "bad_setting", std::string(variable));
        out.push_back({std::string(variable), *value, origin});
    }
    return out;
}

} // namespace siyu::config
