#include "core/config/bind_settings.hpp"

#include "core/config/check.hpp"

#include <array>

namespace siyu::config {
namespace {

using namespace std::chrono_literals;

constexpr Phrase plain_text{"text without control characters", "不含控制字符的文本"};
constexpr Phrase a_name{"a name without blanks, at most 200 bytes", "不含空格且不超过 200 字节的名称"};
constexpr Phrase an_engine_name{"small letters, digits and -, at most 64", "小写字母、数字和 -，最多 64 个"};
constexpr Phrase an_origin{"http:// or https:// with a host and at most a port", "http:// 或 https:// 加主机名，最多再加端口"};
constexpr Phrase a_base_url{
    "an http:// or https:// address without user, query and fragment", "http:// 或 https:// 地址，不含用户名、查询和片段"};
constexpr Phrase a_network{"an IP address or network, for example 10.0.0.0/8", "IP 地址或网段，例如 10.0.0.0/8"};
constexpr Phrase a_url_path{"a path that begins with /", "以 / 开头的路径"};

constexpr std::array<std::pair<std::string_view, LogLevel>, 4> log_levels{
    {{"debug", LogLevel::debug}, {"info", LogLevel::info}, {"warn", LogLevel::warn}, {"error", LogLevel::error}}};
constexpr std::array<std::pair<std::string_view, LogFormat>, 3> log_formats{
    {{"auto", LogFormat::automatic}, {"json", LogFormat::json}, {"text", LogFormat::text}}};

void refuse_missing(Section& section, const std::string& name, std::string_view origin)
{
    section.binding().refuse(section.full(name), std::string(origin),
        Phrase{"is missing; it is needed here.", "缺失；此处必须设置。"}.in(section.binding().language));
}

void bind_engine(Section& item, EngineSettings& engine)
{
    item.text("name", engine.name, read_engine_name, an_engine_name);
    item.texts("command", engine.command, read_text, plain_text);
    item.texts("models", engine.models, read_name, a_name);
    item.text("health", engine.health, read_url_path, a_url_path);
    item.variables("env", engine.env);
}

void bind_provider(Section& item, ProviderSettings& provider)
{
    item.text("name", provider.name, read_name, a_name);
    item.text("base_url", provider.base_url, read_base_url, a_base_url);
    item.secret("api_key", provider.api_key);
    item.texts("models", provider.models, read_name, a_name);
    item.integer("context_window", provider.context_window, 0, 100'000'000);
    item.section("timeouts", [&](Section& timeouts) {
        constexpr std::int64_t day_ms = 86'400'000;
        timeouts.duration("connect_ms", provider.timeouts.connect, 1ms, 1, 300'000);
        timeouts.duration("first_token_ms", provider.timeouts.first_token, 1ms, 1, day_ms);
        timeouts.duration("between_tokens_ms", provider.timeouts.between_tokens, 1ms, 1, day_ms);
        timeouts.duration("total_ms", provider.timeouts.total, 1ms, 1, day_ms);
    });
}

void bind_models(Section& root, Settings& settings)
{
    root.each("engines", [&](Section& item) {
        auto& engine = settings.engines.emplace_back();
        bind_engine(item, engine);
        for (const auto& [name, is_missing] : {std::pair("name", engine.name.empty()),
                 std::pair("command", engine.command.empty()), std::pair("models", engine.models.empty())})
            if (is_missing)
                refuse_missing(item, name, root.origin("engines"));
    });
    root.each("providers", [&](Section& item) {
        auto& provider = settings.providers.emplace_back();
        bind_provider(item, provider);
        for (const auto& [name, is_missing] :
            {std::pair("name", provider.name.empty()), std::pair("base_url", provider.base_url.empty())})
            if (is_missing)
                refuse_missing(item, name, root.origin("providers"));
    });
    root.text("default_model", settings.default_model, read_name, a_name);
}

void bind_network(Section& root, Settings& settings)
{
    root.address("listen", settings.listen);
    std::int64_t port = settings.listen.port;
    root.integer("port", port, 0, 65'535);
    if (!root.has("port"))
        root.binding().described.pop_back(); // `listen` says it
    settings.listen.port = static_cast<std::uint16_t>(port);
    root.text("public_url", settings.public_url, read_origin, an_origin);
    root.boolean("allow_plain_http", settings.allow_plain_http);
    root.texts("trusted_proxies", settings.trusted_proxies, read_network, a_network);
    root.texts("cors_origins", settings.cors_origins, read_origin, an_origin);
    root.section("metrics", [&](Section& metrics) { metrics.optional_address("listen", settings.metrics_listen); });
}

void bind_protection(Section& root, Settings& settings)
{
    root.section("session", [&](Section& session) {
        session.duration("idle_minutes", settings.session.idle, 1min, 1, 7 * 24 * 60);
        session.duration("absolute_hours", settings.session.absolute, 60min, 1, 7 * 24);
    });
    root.section("password", [&](Section& password) { password.integer("min_length", settings.password_length_min, 12, 128); });
    root.section("lockout", [&](Section& lockout) {
        lockout.integer("attempts", settings.lockout.attempts, 1, 100);
        lockout.integer("address_attempts", settings.lockout.address_attempts, 1, 10'000);
        lockout.duration("minutes", settings.lockout.duration, 1min, 1, 24 * 60);
    });
    root.section("rate", [&](Section& rate) {
        rate.integer("address_per_minute", settings.rate.address_per_minute, 0, 10'000'000);
        rate.integer("user_per_minute", settings.rate.user_per_minute, 0, 10'000'000);
        rate.integer("sign_in_per_minute", settings.rate.sign_in_per_minute, 0, 10'000'000);
    });
    root.section("limits", [&](Section& limits) {
        limits.integer("body_bytes", settings.limits.body_bytes, 64 * 1024, 1024 * 1024 * 1024);
        limits.integer("connections", settings.limits.connections, 16, 1'000'000);
    });
}

void refuse(Section& root, const std::string& name, Phrase what)
{
    root.binding().refuse(name, root.origin(name), what.in(root.binding().language));
}

/// People are sent to an http:// address that is not this machine.
bool is_public_in_clear(const Settings& settings)
{
    constexpr std::string_view scheme = "http://";
    if (!settings.public_url.starts_with(scheme))
        return false;
    const auto authority = settings.public_url.substr(scheme.size());
    return !is_loopback(
        authority.starts_with('[') ? authority.substr(1, authority.find(']') - 1) : authority.substr(0, authority.find(':')));
}

void check_network(Section& root, const Settings& settings)
{
    if (!settings.allow_plain_http && !is_loopback(settings.listen.host))
        refuse(root, "listen",
            {"beyond this machine the traffic is not encrypted; put a proxy with HTTPS before it and listen on 127.0.0.1, or "
             "set "
             "allow_plain_http: true.",
                "本机之外的流量没有加密；请在前面放置 HTTPS 代理并监听 127.0.0.1，或设置 allow_plain_http: true。"});
    if (!settings.allow_plain_http && is_public_in_clear(settings))
        refuse(root, "public_url",
            {"the traffic is not encrypted; it must be https://, or set allow_plain_http: true.",
                "流量没有加密；必须是 https://，或设置 allow_plain_http: true。"});
    if (settings.metrics_listen == settings.listen && settings.listen.port != 0)
        refuse(root, "metrics.listen",
            {"is the address of listen; it must be another, or be left out.", "与 listen 的地址相同；必须不同，或不设置。"});
}

void check_times(Section& root, const Settings& settings)
{
    if (settings.session.idle > settings.session.absolute)
        refuse(root, "session.idle_minutes",
            {"is more than session.absolute_hours; it must be at most that.", "大于 session.absolute_hours；不得超过它。"});
}

void check_models(Section& root, const Settings& settings)
{
    std::set<std::string> names;
    std::set<std::string> models;
    bool are_all_known = true;
    const auto take_name = [&](const std::string& name, const std::string& list) {
        if (!names.insert(name).second)
            root.binding().refuse(list, root.origin(list),
                "\"" + name + "\""
                    + std::string(Phrase{" is the name of two; each must have its own.", " 被用了两次；名称必须各不相同。"}.in(
                        root.binding().language)));
    };
    for (const auto& engine : settings.engines) {
        take_name(engine.name, "engines");
        models.insert(engine.models.begin(), engine.models.end());
    }
    for (const auto& provider : settings.providers) {
        take_name(provider.name, "providers");
        are_all_known = are_all_known && !provider.models.empty();
        models.insert(provider.models.begin(), provider.models.end());
    }
    if (!settings.default_model.empty() && are_all_known && !models.contains(settings.default_model))
        refuse(root, "default_model",
            {"no engine or provider has this model; it must be one of theirs.", "没有引擎或服务提供此模型；必须是其中之一。"});
}

} // namespace

void bind_settings(Section& root, Settings& settings)
{
    bind_network(root, settings);
    root.text("data", settings.data, read_text, plain_text);
    root.integer("threads", settings.threads, 0, 256);
    root.section("log", [&](Section& log) {
        log.choice("level", settings.log.level, log_levels);
        log.choice("format", settings.log.format, log_formats);
        log.text("file", settings.log.file, read_text, plain_text);
    });
    bind_models(root, settings);
    bind_protection(root, settings);
    root.finish();

    check_network(root, settings);
    check_times(root, settings);
    check_models(root, settings);
}

bool is_https(const Settings& settings)
{
    return settings.public_url.starts_with("https://");
}

bool is_plain_beyond_loopback(const Settings& settings)
{
    return !is_https(settings) && (!is_loopback(settings.listen.host) || is_public_in_clear(settings));
}

std::string base_url(const Settings& settings)
{
    if (!settings.public_url.empty())
        return settings.public_url;
    auto address = settings.listen;
    if (address.host == "0.0.0.0" || address.host == "::" || is_loopback(address.host))
        address.host = "localhost";
    return "http://" + to_string(address);
}

} // namespace siyu::config
