#include "core/config/load.hpp"

#include "core/base/text.hpp"
#include "core/config/bind_settings.hpp"
#include "core/config/environment.hpp"
#include "core/config/yaml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace siyu::config {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t secret_file_bytes_max = 64 * 1024;
constexpr std::array<const char*, 5> sections_not_yet{"tls", "ldap", "oidc", "database", "redis"};

std::unexpected<Error> refused(const std::string& name, const std::string& origin, Phrase what, Language language)
{
    const Phrase form{"{} ({}): {}", "{}（{}）：{}"};
    return fail(
        Errc::invalid, fmt::format(fmt::runtime(form.in(language)), name, origin, what.in(language)), "bad_setting", name);
}

/// At most one byte more than `bytes_max`; not_found when it cannot be opened or is no plain file.
Result<std::string> read_file(const fs::path& path, std::size_t bytes_max)
{
    std::error_code error;
    if (fs::is_directory(path, error))
        return fail(Errc::not_found);
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(Errc::not_found);
    std::string text(bytes_max + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

Result<void> apply_file(Raw& root, const Sources& sources)
{
    const auto path = sources.file ? fs::path(*sources.file) : fs::path(sources.directory) / "siyu.yaml";
    const auto name = sources.file.value_or("siyu.yaml");
    const auto text = read_file(path, yaml_bytes_max);
    if (!text && !sources.file)
        return {};
    if (!text)
        return refused("--config", name, {"this file cannot be read.", "无法读取此文件。"}, sources.language);
    auto node = read_yaml(*text, name, sources.language);
    if (!node)
        return fail(node.error());
    for (const auto* section : sections_not_yet)
        if (const auto found = node->members.find(section); found != node->members.end())
            return refused(section, found->second.origin,
                {"this version does not have this feature yet; remove the section.", "本版本尚无此功能；请删除该小节。"},
                sources.language);
    if (node->kind == Raw::Kind::map || node->is_absent())
        overlay(root, std::move(*node));
    else
        root = std::move(*node); // of the wrong kind: the binding says so
    if (root.is_absent())
        root.kind = Raw::Kind::map;
    return {};
}

Result<std::vector<Variable>> read_env_file(const Sources& sources)
{
    const auto text = read_file(fs::path(sources.directory) / ".env", yaml_bytes_max);
    if (!text)
        return {};
    return read_dotenv(*text, ".env", sources.language);
}

std::vector<Variable> variables_of(const Sources& sources)
{
    std::vector<Variable> out;
    out.reserve(sources.environment.size());
    const Phrase form{"environment variable {}", "环境变量 {}"};
    for (const auto& [name, value] : sources.environment)
        out.push_back({name, value, fmt::format(fmt::runtime(form.in(sources.language)), name)});
    return out;
}

/// Reads what env:NAME and file:PATH point to. The errors name the reference, never a value.
class SecretReader {
public:
    SecretReader(const Sources& sources, const std::vector<Variable>& env_file) : sources_(sources), env_file_(env_file) { }

    Result<std::string> operator()(const std::string& reference) const
    {
        if (reference.starts_with("env:"))
            return from_variable(reference.substr(4));
        if (reference.starts_with("file:"))
            return from_file(reference.substr(5));
        return fail(Errc::invalid,
            std::string(Phrase{"a secret does not stand in the file; write env:NAME or file:PATH.",
                "密钥不应写在配置文件中；请写 env:变量名 或 file:路径。"}
                    .in(sources_.language)));
    }

private:
    Result<std::string> from_variable(const std::string& name) const
    {
        if (const auto found = sources_.environment.find(name); found != sources_.environment.end() && !found->second.empty())
            return found->second;
        if (const auto found = std::ranges::find(env_file_, name, &Variable::name); found != env_file_.end())
            return found->value;
        const Phrase form{"the environment has no variable {}; it must be set.", "环境中没有变量 {}；必须设置。"};
        return fail(Errc::not_found, fmt::format(fmt::runtime(form.in(sources_.language)), name));
    }

    Result<std::string> from_file(const std::string& name) const
    {
        auto text = read_file(fs::path(sources_.directory) / name, secret_file_bytes_max);
        const Phrase form{
            "the file {} cannot be read, is empty or is larger than 64 KiB.", "文件 {} 无法读取、为空或大于 64 KiB。"};
        if (!text || text->size() > secret_file_bytes_max)
            return fail(Errc::not_found, fmt::format(fmt::runtime(form.in(sources_.language)), name));
        while (text->ends_with('\n') || text->ends_with('\r'))
            text->pop_back();
        if (text->empty())
            return fail(Errc::not_found, fmt::format(fmt::runtime(form.in(sources_.language)), name));
        return text;
    }

    const Sources& sources_;
    const std::vector<Variable>& env_file_;
};

} // namespace

Result<Loaded> load(const Sources& sources)
{
    Raw root;
    root.kind = Raw::Kind::map;
    if (auto applied = apply_file(root, sources); !applied)
        return fail(applied.error());
    const auto env_file = read_env_file(sources);
    if (!env_file)
        return fail(env_file.error());
    Binding binding{.language = sources.language, .resolve_secret = SecretReader(sources, *env_file)};
    if (root.kind == Raw::Kind::map) {
        const auto environment = variables_of(sources);
        if (auto applied = apply_environment(root, *env_file, environment, sources.language); !applied)
            return fail(applied.error());
        const Phrase form{"option --{}", "选项 --{}"};
        for (const auto& [name, value] : sources.flags)
            apply_setting(root, name, Raw::scalar(value, fmt::format(fmt::runtime(form.in(sources.language)), name)));
    }

    Loaded loaded;
    Section section(binding, root, "");
    bind_settings(section, loaded.settings);
    if (binding.error)
        return fail(*binding.error);
    loaded.described = std::move(binding.described);
    return loaded;
}

std::map<std::string, std::string> process_environment()
{
    std::map<std::string, std::string> out;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        if (const auto equals = text.find('='); equals != std::string_view::npos)
            out.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return out;
}

} // namespace siyu::config
