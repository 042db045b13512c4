#include "core/config/load.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <unistd.h>

using namespace siyu;
using config::Language;
using config::Sources;

namespace {

/// A folder of its own, gone with the test.
class Folder {
public:
    Folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "siyu-config-XXXXXX").string();
        path_ = mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    void write(const std::string& name, std::string_view text) const { std::ofstream(path_ + "/" + name) << text; }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

Result<config::Loaded> load_yaml(std::string_view yaml, std::map<std::string, std::string> environment = {})
{
    const Folder folder;
    folder.write("siyu.yaml", yaml);
    return config::load({.directory = folder.path(), .environment = std::move(environment)});
}

std::string described(const config::Loaded& loaded, std::string_view name)
{
    for (const auto& entry : loaded.described)
        if (entry.name == name)
            return entry.value + " <- " + entry.origin;
    return "not described";
}

struct BadInput {
    const char* yaml;
    std::vector<const char*> says;
};

constexpr const char* an_engine = "engines: [{name: e, command: [run], models: [m]}]\n";

const std::vector<BadInput> bad_inputs{
    {"lisen: 127.0.0.1:3000", {"lisen", "siyu.yaml:1", "no such setting", "listen"}},
    {"log:\n  levle: info", {"log.levle", "siyu.yaml:2", "level"}},
    {"listen: 3000", {"listen", "siyu.yaml:1", "\"3000\"", "HOST:PORT"}},
    {"listen: example.org:3000", {"listen", "IP address"}},
    {"listen: 127.0.0.1:70000", {"listen", "HOST:PORT"}},
    {"listen: 127.0.0.1:-1", {"listen", "HOST:PORT"}},
    {"listen: '[::1:3000'", {"listen", "HOST:PORT"}},
    {"listen: [127.0.0.1, 3000]", {"listen", "a list", "HOST:PORT"}},
    {"listen: 0.0.0.0:3000", {"listen", "siyu.yaml:1", "not encrypted", "allow_plain_http"}},
    {"listen: '[::]:3000'", {"listen", "allow_plain_http"}},
    {"port: 70000", {"port", "\"70000\"", "0 to 65535"}},
    {"port: '80'", {"port", "whole number"}},
    {"port: 8e2", {"port", "whole number"}},
    {"public_url: chat.example.org", {"public_url", "https://"}},
    {"public_url: https://chat.example.org/siyu", {"public_url", "at most a port"}},
    {"public_url: ftp://chat.example.org", {"public_url", "http://"}},
    {"public_url: http://chat.example.org", {"public_url", "not encrypted"}},
    {"allow_plain_http: yes", {"allow_plain_http", "\"yes\"", "true or false"}},
    {"allow_plain_http: 'true'", {"allow_plain_http", "true or false"}},
    {"allow_plain_http: 1", {"allow_plain_http", "true or false"}},
    {"trusted_proxies: 10.0.0.0/8", {"trusted_proxies", "a list"}},
    {"trusted_proxies: [10.0.0.0/33]", {"trusted_proxies[0]", "network"}},
    {"trusted_proxies:\n  - 10.0.0.1\n  - proxy", {"trusted_proxies[1]", "siyu.yaml:3", "\"proxy\""}},
    {"cors_origins: ['*']", {"cors_origins[0]", "\"*\"", "https://"}},
    {"cors_origins: [https://a.example/x]", {"cors_origins[0]"}},
    {"data: ''", {"data", "text"}},
    {"data: {path: x}", {"data", "a section"}},
    {"threads: -1", {"threads", "0 to 256"}},
    {"metrics: 127.0.0.1:9100", {"metrics", "a section of settings"}},
    {"metrics: {listen: everywhere}", {"metrics.listen", "HOST:PORT"}},
    {"metrics: {listen: '127.0.0.1:3000'}", {"metrics.listen", "address of listen"}},
    {"log: {level: loud}", {"log.level", "\"loud\"", "debug, info, warn, error"}},
    {"log: {format: xml}", {"log.format", "auto, json, text"}},
    {"engines: {name: e}", {"engines", "a list of sections"}},
    {"engines: [run]", {"engines[0]", "a section"}},
    {"engines: [{command: [run], models: [m]}]", {"engines[0].name", "missing"}},
    {"engines: [{name: e, models: [m]}]", {"engines[0].command", "missing"}},
    {"engines: [{name: e, command: [run]}]", {"engines[0].models", "missing"}},
    {"engines: [{name: ../e, command: [run], models: [m]}]", {"engines[0].name", "small letters"}},
    {"engines: [{name: e, command: [run], models: [m n]}]", {"engines[0].models[0]", "without blanks"}},
    {"engines: [{name: e, command: run, models: [m]}]", {"engines[0].command", "a list"}},
    {"engines: [{name: e, command: [run], models: [m], health: health}]", {"engines[0].health", "begins with /"}},
    {"engines: [{name: e, command: [run], models: [m], context: 1}]", {"engines[0].context", "no such setting"}},
    {"engines: [{name: e, command: [run], models: [m], env: [A]}]", {"engines[0].env", "NAME: value"}},
    {"engines: [{name: e, command: [run], models: [m], ports: 1}]", {"engines[0].ports", "no such setting"}},
    {"engines: [{name: e, command: [a], models: [m]}, {name: e, command: [b], models: [n]}]", {"engines", "\"e\"", "two"}},
    {"providers: [{base_url: 'http://a:1'}]", {"providers[0].name", "missing"}},
    {"providers: [{name: p}]", {"providers[0].base_url", "missing"}},
    {"providers: [{name: p, base_url: 'a:1'}]", {"providers[0].base_url", "http://"}},
    {"providers: [{name: p, base_url: 'http://a:1/v1?key=x'}]", {"providers[0].base_url", "query"}},
    {"providers: [{name: p, base_url: 'http://a:1', timeouts: {connect_ms: 0}}]", {"providers[0].timeouts.connect_ms", "1 to"}},
    {"providers: [{name: p, base_url: 'http://a:1', timeouts: {connect: 1}}]", {"providers[0].timeouts.connect", "connect_ms"}},
    {"providers: [{name: p, base_url: 'http://a:1', api_key: 'env:NOT_SET'}]", {"providers[0].api_key", "NOT_SET"}},
    {"providers: [{name: p, base_url: 'http://a:1', api_key: 'file:gone'}]", {"providers[0].api_key", "gone"}},
    {"engines: [{name: e, command: [run], models: [m]}]\ndefault_model: n", {"default_model", "siyu.yaml:2", "one of theirs"}},
    {"session: {idle_minutes: 0}", {"session.idle_minutes", "1 to"}},
    {"session: {idle_minutes: 120, absolute_hours: 1}", {"session.idle_minutes", "absolute_hours"}},
    {"password: {min_length: 8}", {"password.min_length", "\"8\"", "12 to 128"}},
    {"lockout: {attempts: 0}", {"lockout.attempts", "1 to 100"}},
    {"lockout: {minutes: 99999999999999999999}", {"lockout.minutes", "whole number"}},
    {"rate: {user_per_minute: fast}", {"rate.user_per_minute", "whole number"}},
    {"limits: {body_bytes: 1}", {"limits.body_bytes", "65536"}},
    {"tls: {certificate: x}", {"tls", "siyu.yaml:1", "not have this feature yet"}},
    {"ldap: {}", {"ldap", "yet"}},
    {"oidc:", {"oidc", "yet"}},
    {"database: {host: db}", {"database", "yet"}},
    {"redis: {url: x}", {"redis", "yet"}},
    {"listen: 127.0.0.1:1\nlisten: 127.0.0.1:2", {"siyu.yaml:2", "\"listen\"", "twice"}},
    {"log: {level: info, level: warn}", {"siyu.yaml:1", "\"level\"", "twice"}},
    {"- listen", {"siyu.yaml:1", "a section of settings"}},
    {"just text", {"siyu.yaml:1", "a section of settings"}},
    {"log: {level: info", {"siyu.yaml:", "not valid YAML"}},
    {"listen: \"unfinished", {"siyu.yaml:", "not valid YAML"}},
    {"a: &x 1\nb: *x", {"siyu.yaml:1", "anchors"}},
    {"listen: !!str x", {"siyu.yaml:1", "tags"}},
    {"data: x\n---\ndata: y", {"siyu.yaml", "more than one document"}},
    {"data: \xff\xfe", {"siyu.yaml", "UTF-8"}},
    {"? [a, b]\n: c", {"siyu.yaml:1", "plain text"}},
};

} // namespace

TEST(Load, StopsAtABadValueWithASentence)
{
    for (const auto& input : bad_inputs) {
        const auto loaded = load_yaml(input.yaml);
        ASSERT_FALSE(loaded) << input.yaml;
        EXPECT_EQ(loaded.error().code, Errc::invalid);
        for (const auto* part : input.says)
            EXPECT_NE(loaded.error().detail.find(part), std::string::npos) << input.yaml << "\n  " << loaded.error().detail;
        EXPECT_EQ(loaded.error().detail.find('\n'), std::string::npos) << loaded.error().detail;
    }
}

TEST(Load, SpeaksChinese)
{
    const Folder folder;
    folder.write("siyu.yaml", "port: 70000");
    const auto loaded = config::load({.directory = folder.path(), .language = Language::chinese});
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().detail, "port（siyu.yaml:1）：不允许\"70000\"；必须是0 到 65535 之间的整数。");
}

TEST(Load, GivesTheDefaultsWithoutAnySource)
{
    const Folder folder;
    const auto loaded = config::load({.directory = folder.path()});
    ASSERT_TRUE(loaded) << loaded.error().detail;
    EXPECT_EQ(loaded->settings.listen, (config::HostPort{"127.0.0.1", 3000}));
    EXPECT_EQ(described(*loaded, "listen"), "127.0.0.1:3000 <- default");
    EXPECT_EQ(described(*loaded, "session.idle_minutes"), "30 <- default");
    EXPECT_EQ(described(*loaded, "session.absolute_hours"), "12 <- default");
    EXPECT_FALSE(config::is_plain_beyond_loopback(loaded->settings));
    EXPECT_EQ(config::base_url(loaded->settings), "http://localhost:3000");
}

TEST(Load, TakesAnEmptyFileAndEmptySections)
{
    for (const auto* yaml :
        {"", "# nothing\n", "engines:\n#  - name: x\nlog:\n", "---\n", "\xef\xbb\xbf# with a mark\ndata: x\n"})
        EXPECT_TRUE(load_yaml(yaml)) << yaml;
}

TEST(Load, LetsTheStrongerSourceWinAndNamesIt)
{
    const Folder folder;
    folder.write("siyu.yaml", "listen: 127.0.0.1:1\ndata: from-file\nlog: {level: warn, format: json}\n");
    folder.write(".env", "SIYU_DATA=from-env-file\nSIYU_LOG_LEVEL=error\nSIYU_THREADS=3\n");
    const auto loaded = config::load({.directory = folder.path(),
        .environment = {{"SIYU_LOG_LEVEL", "debug"}, {"SIYU_DATA", "from-environment"}},
        .flags = {{"data", "from-flag"}}});
    ASSERT_TRUE(loaded) << loaded.error().detail;
    EXPECT_EQ(described(*loaded, "listen"), "127.0.0.1:1 <- siyu.yaml:1");
    EXPECT_EQ(described(*loaded, "data"), "from-flag <- option --data");
    EXPECT_EQ(described(*loaded, "log.level"), "debug <- environment variable SIYU_LOG_LEVEL");
    EXPECT_EQ(described(*loaded, "log.format"), "json <- siyu.yaml:3");
    EXPECT_EQ(described(*loaded, "threads"), "3 <- .env:3");
    EXPECT_EQ(loaded->settings.data, "from-flag");
}

TEST(Load, LetsAPortChangeAWeakerAddressOnly)
{
    const auto port_of = [](Sources sources) { return config::load(sources).value().settings.listen.port; };
    const Folder folder;
    folder.write("siyu.yaml", "listen: 127.0.0.1:1000");
    folder.write(".env", "SIYU_LISTEN=127.0.0.1:2000");
    EXPECT_EQ(port_of({.directory = folder.path()}), 2000);
    EXPECT_EQ(port_of({.directory = folder.path(), .environment = {{"PORT", "3000"}}}), 3000);
    EXPECT_EQ(port_of({.directory = folder.path(), .environment = {{"PORT", "3000"}, {"SIYU_LISTEN", "[::1]:4000"}}}), 4000);
    EXPECT_EQ(port_of({.directory = folder.path(), .environment = {{"PORT", "3000"}}, .flags = {{"listen", "127.0.0.1:5000"}}}),
        5000);
}

TEST(Load, NamesTheEnvironmentVariableAtFault)
{
    const std::vector<std::pair<std::map<std::string, std::string>, std::vector<const char*>>> cases{
        {{{"PORT", "http"}}, {"port", "environment variable PORT", "\"http\"", "65535"}},
        {{{"SIYU_LISTEN", "nowhere"}}, {"listen", "environment variable SIYU_LISTEN"}},
        {{{"SIYU_ALLOW_PLAIN_HTTP", "1"}}, {"allow_plain_http", "SIYU_ALLOW_PLAIN_HTTP", "true or false"}},
        {{{"SIYU_TRUSTED_PROXIES", "10.0.0.1,proxy"}}, {"trusted_proxies[1]", "SIYU_TRUSTED_PROXIES"}},
        {{{"MODEL_API_URL", "localhost:8000"}}, {"base_url", "environment variable MODEL_API_URL"}},
        {{{"MODEL_NAME", "m"}}, {"MODEL_NAME", "MODEL_API_URL"}},
        {{{"MODEL_API_KEY", "k"}}, {"MODEL_API_KEY", "MODEL_API_URL"}},
        {{{"DB_HOST", "db"}}, {"DB_HOST", "environment variable DB_HOST", "yet"}},
        {{{"DATABASE_URL", "postgresql://u:canary@h/d"}}, {"DATABASE_URL", "yet"}},
        {{{"REDIS_URL", "redis://h"}}, {"REDIS_URL", "yet"}},
    };
    for (const auto& [environment, says] : cases) {
        const auto loaded = load_yaml("", environment);
        ASSERT_FALSE(loaded) << environment.begin()->first;
        for (const auto* part : says)
            EXPECT_NE(loaded.error().detail.find(part), std::string::npos) << loaded.error().detail;
        EXPECT_EQ(loaded.error().detail.find("canary"), std::string::npos);
    }
}

TEST(Load, TakesAnEmptyVariableForOneThatIsNotSet)
{
    const auto loaded = load_yaml(an_engine, {{"PORT", ""}, {"MODEL_API_URL", ""}, {"DB_HOST", ""}, {"SIYU_DATA", ""}});
    ASSERT_TRUE(loaded) << loaded.error().detail;
    EXPECT_EQ(loaded->settings.engines.size(), 1U);
}

TEST(Load, PutsTheModelServerOfTheEnvironmentInPlaceOfAllOthers)
{
    for (const auto* url : {"http://gpu:8000", "http://gpu:8000/", "http://gpu:8000/v1", "HTTP://GPU:8000/v1/"}) {
        const auto loaded = load_yaml(std::string(an_engine) + "default_model: m\n",
            {{"MODEL_API_URL", url}, {"MODEL_API_KEY", "canary-key"}, {"MODEL_NAME", "qwen"}});
        ASSERT_TRUE(loaded) << loaded.error().detail;
        EXPECT_TRUE(loaded->settings.engines.empty());
        ASSERT_EQ(loaded->settings.providers.size(), 1U);
        const auto& provider = loaded->settings.providers.front();
        EXPECT_EQ(provider.name, "model");
        EXPECT_EQ(provider.base_url, "http://gpu:8000");
        EXPECT_EQ(provider.api_key.reveal(), "canary-key");
        EXPECT_EQ(provider.models, std::vector<std::string>{"qwen"});
        EXPECT_EQ(loaded->settings.default_model, "qwen");
    }
}

TEST(Load, JoinsTheModelServersNamesAcrossSources)
{
    const Folder folder;
    folder.write(".env", "MODEL_API_URL=http://gpu:8000/v1\n");
    const auto loaded = config::load({.directory = folder.path(), .environment = {{"MODEL_API_KEY", "k"}}});
    ASSERT_TRUE(loaded) << loaded.error().detail;
    EXPECT_EQ(loaded->settings.providers.front().api_key.reveal(), "k");
    EXPECT_EQ(described(*loaded, "providers[0].base_url"), "http://gpu:8000 <- .env:1");
}

TEST(Load, KeepsThePathBeforeV1)
{
    const auto loaded = load_yaml("providers: [{name: p, base_url: 'https://a.example/openai/v1'}]");
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->settings.providers.front().base_url, "https://a.example/openai");
}

TEST(Load, ReadsSecretsByReferenceAndShowsNone)
{
    const Folder folder;
    folder.write("key.txt", "canary-file\n");
    folder.write("siyu.yaml",
        "providers:\n"
        "  - {name: a, base_url: 'http://a:1', api_key: 'file:key.txt'}\n"
        "  - {name: b, base_url: 'http://b:1', api_key: 'env:B_KEY'}\n"
        "engines: [{name: e, command: [run], models: [m], env: {TOKEN: canary-token}}]\n");
    const auto loaded = config::load({.directory = folder.path(), .environment = {{"B_KEY", "canary-variable"}}});
    ASSERT_TRUE(loaded) << loaded.error().detail;
    EXPECT_EQ(loaded->settings.providers[0].api_key.reveal(), "canary-file");
    EXPECT_EQ(loaded->settings.providers[1].api_key.reveal(), "canary-variable");
    EXPECT_EQ(loaded->settings.engines[0].env.at("TOKEN"), "canary-token");
    EXPECT_EQ(described(*loaded, "providers[0].api_key"), "******** <- siyu.yaml:2");
    for (const auto& entry : loaded->described)
        EXPECT_EQ(entry.value.find("canary"), std::string::npos) << entry.name;
}

TEST(Load, NeverRepeatsASecretInAnError)
{
    for (const auto* yaml : {"providers: [{name: p, base_url: 'http://a:1', api_key: canary}]",
             "providers: [{name: p, base_url: 'http://u:canary@a:1'}]",
             "providers: [{name: p, base_url: 'http://a:1', api_key: ['canary']}]",
             "providers: [{name: p, base_url: 'http://a:1', api_key: 'env:BAD'}]",
             "engines: [{name: e, command: [run], models: [m], env: {A: [canary]}}]"}) {
        const auto loaded = load_yaml(yaml, {{"BAD", "canary with blanks"}});
        ASSERT_FALSE(loaded) << yaml;
        EXPECT_EQ(loaded.error().detail.find("canary"), std::string::npos) << loaded.error().detail;
    }
}

TEST(Load, DemandsLeaveForPlainHttpBeyondThisMachine)
{
    EXPECT_FALSE(load_yaml("", {{"SIYU_LISTEN", "0.0.0.0:3000"}}));
    const auto allowed = load_yaml("allow_plain_http: true", {{"SIYU_LISTEN", "0.0.0.0:3000"}});
    ASSERT_TRUE(allowed);
    EXPECT_TRUE(config::is_plain_beyond_loopback(allowed->settings));
    const auto proxied = load_yaml("public_url: https://chat.example.org/");
    ASSERT_TRUE(proxied);
    EXPECT_TRUE(config::is_https(proxied->settings));
    EXPECT_FALSE(config::is_plain_beyond_loopback(proxied->settings));
    EXPECT_EQ(config::base_url(proxied->settings), "https://chat.example.org");
}

TEST(Load, SaysWhenTheNamedFileCannotBeRead)
{
    const Folder folder;
    for (const auto& file : {folder.path() + "/gone.yaml", folder.path()}) {
        const auto loaded = config::load({.file = file, .directory = folder.path()});
        ASSERT_FALSE(loaded);
        EXPECT_NE(loaded.error().detail.find(file), std::string::npos) << loaded.error().detail;
    }
}
