#include "app/cli/terminal.hpp"

#include "app/api/problem.hpp"

#include <fmt/core.h>

#include <cstdlib>

#include <termios.h>
#include <unistd.h>

namespace siyu::cli {
namespace {

constexpr std::size_t password_bytes_max = 4'096;

std::string_view variable(const char* name)
{
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nothing here sets variables
    return value == nullptr ? "" : value;
}

/// Keeps a terminal from showing what is typed.
class Silence {
public:
    Silence() : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0)
    {
        if (!is_terminal_)
            return;
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~Silence()
    {
        if (is_terminal_)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    termios before_{};
    bool is_terminal_;
};

} // namespace

config::Language terminal_language()
{
    static const auto language = config::language_of(variable("LC_ALL"), variable("LC_MESSAGES"), variable("LANG"));
    return language;
}

void say(std::string_view line)
{
    fmt::print(stdout, "{}\n", line);
    std::fflush(stdout);
}

void complain(std::string_view line)
{
    fmt::print(stderr, "siyu: {}\n", line);
}

std::string sentence_of(const Error& error)
{
    const auto locale = terminal_language() == config::Language::chinese ? api::Locale::zh_cn : api::Locale::en_us;
    const auto title = error.reason.empty() ? std::string_view() : api::problem_title(error.reason, locale);
    if (!title.empty())
        return std::string(title);
    return error.detail.empty() ? std::string(to_string(error.code)) : error.detail;
}

Result<std::string> read_password()
{
    if (isatty(STDIN_FILENO) != 0)
        fmt::print(stderr, "{}", in_terminal_language({"Password: ", "密码："}));
    std::string password;
    {
        const Silence silence;
        char c = 0;
        while (password.size() <= password_bytes_max && read(STDIN_FILENO, &c, 1) == 1 && c != '\n')
            password += c;
    }
    if (isatty(STDIN_FILENO) != 0)
        fmt::print(stderr, "\n");
    if (password.ends_with('\r'))
        password.pop_back();
    if (password.empty() || password.size() > password_bytes_max)
        return fail(Errc::invalid,
            std::string(in_terminal_language(
                {"standard input holds no password of at most 4096 bytes.", "标准输入中没有密码，或密码超过 4096 字节。"})));
    return password;
}

} // namespace siyu::cli
