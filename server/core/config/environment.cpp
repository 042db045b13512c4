#include "core/config/environment.hpp"

#include "core/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace siyu::config {
namespace {

struct Name {
    std::string_view variable;
    std::string_view setting;
    bool is_list = false; ///< separated by commas
};

/// Weaker before stronger: SIYU_LISTEN says all that PORT says.
constexpr std::array names{
    Name{"PORT", "port"},
    Name{"SIYU_LISTEN", "listen"},
    Name{"SIYU_DATA", "data"},
    Name{"SIYU_PUBLIC_URL", "public_url"},
    Name{"SIYU_ALLOW_PLAIN_HTTP", "allow_plain_http"},
    Name{"SIYU_TRUSTED_PROXIES", "trusted_proxies", true},
    Name{"SIYU_CORS_ORIGINS", "cors_origins", true},
    Name{"SIYU_METRICS_LISTEN", "metrics.listen"},
    Name{"SIYU_LOG_LEVEL", "log.level"},
    Name{"SIYU_LOG_FORMAT", "log.format"},
    Name{"SIYU_LOG_FILE", "log.file"},
    Name{"SIYU_DEFAULT_MODEL", "default_model"},
    Name{"SIYU_THREADS", "threads"},
};

constexpr std::array<std::string_view, 3> not_yet{"DB_HOST", "DATABASE_URL", "REDIS_URL"};

Raw list_of(const Variable& variable)
{
    Raw list;
    list.kind = Raw::Kind::list;
    list.origin = variable.origin;
    std::string_view rest = variable.value;
    while (!rest.empty()) {
        const auto comma = std::min(rest.find(','), rest.size());
        const auto item = trim(rest.substr(0, comma));
        if (!item.empty())
            list.items.push_back(Raw::scalar(std::string(item), variable.origin));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return list;
}

const Variable* find(const std::vector<Variable>& variables, std::string_view name)
{
    const auto found = std::ranges::find(variables, name, &Variable::name);
    return found == variables.end() || found->value.empty() ? nullptr : &*found;
}

/// MODEL_API_URL, MODEL_API_KEY, MODEL_NAME: one provider called "model", instead of every engine and provider.
Result<void> apply_model(Raw& root, const std::vector<Variable>& variables, Language language)
{
    const auto* url = find(variables, "MODEL_API_URL");
    if (url == nullptr) {
        for (const auto* name : {"MODEL_API_KEY", "MODEL_NAME"})
            if (const auto* alone = find(variables, name))
                return fail(Errc::invalid,
                    fmt::format(
                        fmt::runtime(Phrase{"{} ({}): has no meaning without MODEL_API_URL, which must be set beside it.",
                            "{}（{}）：没有 MODEL_API_URL 时无意义，二者必须同时设置。"}
                                .in(language)),
                        name, alone->origin),
                    "bad_setting", name);
        return {};
    }
    Raw provider;
    provider.kind = Raw::Kind::map;
    provider.origin = url->origin;
    provider.members["name"] = Raw::scalar("model", url->origin);
    provider.members["base_url"] = Raw::scalar(url->value, url->origin);
    if (const auto* key = find(variables, "MODEL_API_KEY")) {
        const bool is_file = key->value.starts_with("file:");
        provider.members["api_key"] = Raw::scalar(is_file ? key->value : "env:MODEL_API_KEY", key->origin);
    }
    root.members.erase("default_model");
    if (const auto* name = find(variables, "MODEL_NAME")) {
        Raw models;
        models.kind = Raw::Kind::list;
        models.origin = name->origin;
        models.items.push_back(Raw::scalar(name->value, name->origin));
        provider.members["models"] = models;
        root.members["default_model"] = Raw::scalar(name->value, name->origin);
    }
    Raw providers;
    providers.kind = Raw::Kind::list;
    providers.origin = url->origin;
    providers.items.push_back(std::move(provider));
    root.members["providers"] = std::move(providers);
    root.members.erase("engines");
    return {};
}

Result<void> refuse_not_yet(const std::vector<Variable>& variables, Language language)
{
    const Phrase form{"{} ({}): this version cannot use another database or cache yet; unset it.",
        "{}（{}）：本版本尚不支持外部数据库或缓存；请取消该设置。"};
    for (const auto name : not_yet)
        if (const auto* variable = find(variables, name))
            return fail(Errc::invalid, fmt::format(fmt::runtime(form.in(language)), name, variable->origin), "bad_setting",
                std::string(name));
    return {};
}

/// Source by source, since a port that a stronger one gives changes an address that a weaker one gave.
void apply_names(Raw& root, const std::vector<Variable>& variables)
{
    for (const auto& name : names)
        if (const auto* variable = find(variables, name.variable))
            apply_setting(root, std::string(name.setting),
                name.is_list ? list_of(*variable) : Raw::scalar(variable->value, variable->origin));
}

} // namespace

void apply_setting(Raw& root, const std::string& name, Raw value)
{
    if (name == "listen")
        root.members.erase("port");
    set_at(root, name, std::move(value));
}

Result<void> apply_environment(
    Raw& root, const std::vector<Variable>& file, const std::vector<Variable>& environment, Language language)
{
    auto all = environment;
    for (const auto& variable : file)
        if (find(environment, variable.name) == nullptr)
            all.push_back(variable);
    std::erase_if(all, [](const Variable& variable) { return variable.value.empty(); });

    if (auto refused = refuse_not_yet(all, language); !refused)
        return refused;
    if (auto applied = apply_model(root, all, language); !applied)
        return applied;
    apply_names(root, file);
    apply_names(root, environment);
    return {};
}

} // namespace siyu::config
