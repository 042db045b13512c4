#include "app/cli/admin_socket.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/terminal.hpp"
#include "state/storage/storage.hpp"

#include <fstream>

#include <sys/resource.h>
#include <unistd.h>

namespace siyu::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t free_bytes_min = 1'000'000'000;
constexpr rlim_t files_min = 4'096;

/// Says each finding, and remembers whether all is well.
class Report {
public:
    void add(bool is_well, const std::string& what)
    {
        say((is_well ? "  ok   " : " BAD   ") + what);
        is_well_ = is_well_ && is_well;
    }
    int status() const { return is_well_ ? 0 : 1; }

private:
    bool is_well_ = true;
};

void check_machine(Report& report)
{
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    report.add(files.rlim_max >= files_min, filled({"open files allowed: {}", "允许打开的文件数：{}"}, files.rlim_max));
#if defined(__x86_64__)
    report.add(__builtin_cpu_supports("avx2") != 0,
        std::string(in_terminal_language({"processor with AVX2, which local models need", "处理器支持 AVX2（本地模型需要）"})));
#endif
}

void check_data(Report& report, const fs::path& path)
{
    std::error_code error;
    if (!fs::exists(path, error)) {
        report.add(true, filled({"data directory {}: made at the first start", "数据目录 {}：首次启动时创建"}, path.string()));
        return;
    }
    const bool is_private =
        (fs::status(path, error).permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none;
    report.add(is_private && !error, filled({"data directory {} is private", "数据目录 {} 是私有的"}, path.string()));
    const auto space = fs::space(path, error);
    report.add(!error && space.available >= free_bytes_min,
        filled({"free space: {} MB", "可用空间：{} MB"}, error ? 0 : space.available / 1'000'000));
    if (!fs::exists(path / "siyu.db", error)) {
        report.add(true, std::string(in_terminal_language({"database: made at the first start", "数据库：首次启动时创建"})));
        return;
    }
    const auto inspection = storage::inspect(path);
    report.add(inspection.has_value(),
        inspection ? std::string(in_terminal_language({"the database opens with its master key", "数据库可用主密钥打开"}))
                   : sentence_of(inspection.error()));
    const auto answer = ask_server((path / "admin.sock").string(), {{"command", "ping"}});
    const bool is_running = answer || answer.error().reason != "no_server";
    report.add(true,
        std::string(in_terminal_language(is_running ? config::Phrase{"a server is running", "服务正在运行"}
                                                    : config::Phrase{"no server is running", "服务未运行"})));
}

bool is_executable(const std::string& command)
{
    if (command.find('/') != std::string::npos)
        return access(command.c_str(), X_OK) == 0;
    const char* path = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): nothing here sets variables
    std::string_view rest = path == nullptr ? "" : path;
    while (!rest.empty()) {
        const auto colon = std::min(rest.find(':'), rest.size());
        if (access((std::string(rest.substr(0, colon)) + "/" + command).c_str(), X_OK) == 0)
            return true;
        rest.remove_prefix(std::min(colon + 1, rest.size()));
    }
    return false;
}

void check_models(Report& report, const config::Settings& settings)
{
    for (const auto& engine : settings.engines)
        report.add(is_executable(engine.command.front()),
            filled({"engine {}: the program {} is there", "引擎 {}：程序 {} 存在"}, engine.name, engine.command.front()));
    for (const auto& provider : settings.providers)
        report.add(true, filled({"provider {}: {}", "模型服务 {}：{}"}, provider.name, provider.base_url));
    if (settings.engines.empty() && settings.providers.empty())
        report.add(false,
            std::string(in_terminal_language({"no model: set MODEL_API_URL, or name an engine or provider in siyu.yaml",
                "没有模型：请设置 MODEL_API_URL，或在 siyu.yaml 中配置 engines 或 providers"})));
}

} // namespace

int doctor(const CommonOptions& options)
{
    Report report;
    report.add(true, "siyu " SIYU_VERSION);
    const auto loaded = load_settings(options);
    report.add(loaded.has_value(),
        loaded ? std::string(in_terminal_language({"the configuration is fine", "配置有效"})) : loaded.error().detail);
    check_machine(report);
    if (loaded) {
        check_data(report, loaded->settings.data);
        check_models(report, loaded->settings);
    }
    return report.status();
}

} // namespace siyu::cli
