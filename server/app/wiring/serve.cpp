#include "app/wiring/serve.hpp"

#include "app/wiring/server_process.hpp"
#include "core/config/phrase.hpp"

#include <csignal>
#include <cstdlib>
#include <unistd.h>

#include <fmt/core.h>

namespace siyu::wiring {
namespace {

using config::Phrase;

constexpr Phrase at_address{"Siyu is at {}\n", "私语已启动：{}\n"};
constexpr Phrase first_link{
    "Create the first administrator (the link is good for an hour):\n  {}\n", "请创建首位管理员（链接一小时内有效）：\n  {}\n"};
constexpr Phrase first_file{
    "The link for the first administrator is in {}/first-admin.url\n", "创建首位管理员的链接保存在 {}/first-admin.url\n"};
constexpr Phrase sign_in{"Sign in with your account. Ctrl-C ends the server.\n", "请使用您的账号登录。按 Ctrl-C 结束服务。\n"};
constexpr Phrase no_model{"No model is configured: set MODEL_API_URL, or name an engine or a provider in siyu.yaml.\n",
    "尚未配置模型：请设置 MODEL_API_URL，或在 siyu.yaml 中配置 engines 或 providers。\n"};

config::Language terminal_language()
{
    const auto value = [](const char* name) {
        const char* text = std::getenv(name); // NOLINT(concurrency-mt-unsafe): before any thread
        return std::string_view(text == nullptr ? "" : text);
    };
    return config::language_of(value("LC_ALL"), value("LC_MESSAGES"), value("LANG"));
}

void say(Phrase phrase, std::string_view value = {})
{
    const auto text = phrase.in(terminal_language());
    fmt::print(stderr, fmt::runtime(text), value);
}

/// The link is a secret: a terminal may show it, a log collector may not keep it.
void greet(const config::Settings& settings, const ServerProcess& server)
{
    auto listening = settings;
    listening.listen.port = server.port();
    say(at_address, config::base_url(listening));
    if (settings.engines.empty() && settings.providers.empty())
        say(no_model);
    if (server.first_administrator_link().empty())
        say(sign_in);
    else if (isatty(STDERR_FILENO) != 0)
        say(first_link, server.first_administrator_link());
    else
        say(first_file, settings.data);
}

} // namespace

int serve(config::Settings settings)
{
    // Blocked before any thread begins, so that only the wait below sees them.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // a file at its limit is an error of the write, like a full disk

    ServerProcess server(settings, isatty(STDERR_FILENO) != 0);
    if (auto started = server.start(); !started) {
        fmt::print(stderr, "siyu: {}\n", started.error().detail);
        return 1;
    }
    greet(settings, server);
    int signal = 0;
    sigwait(&ends, &signal);
    server.stop();
    return 0;
}

} // namespace siyu::wiring
