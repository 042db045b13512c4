#include "core/async/child_process.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace siyu::async {

namespace {

/// Both ends close on exec, and by themselves.
struct Pipe {
    int read = -1;
    int write = -1;

    bool open()
    {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return false;
        read = ends[0];
        write = ends[1];
        return true;
    }
    static void close(int& end)
    {
        if (end >= 0)
            ::close(std::exchange(end, -1));
    }
    ~Pipe()
    {
        close(read);
        close(write);
    }
};

std::vector<char*> pointers(std::vector<std::string>& texts)
{
    std::vector<char*> list;
    for (auto& text : texts)
        list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

/// Between fork and exec: only what is safe in a copy of one thread (signal-safety(7)).
[[noreturn]] void become(char* const* arguments, char* const* environment, pid_t parent, int input, int output, int failure)
{
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) // it died before the line above
        ::_exit(127);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    ::dup2(input, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    ::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC); // sockets and files of the server are not the child's
    ::execvpe(arguments[0], arguments, environment);
    const int error = errno;
    [[maybe_unused]] const auto written = ::write(failure, &error, sizeof error);
    ::_exit(127);
}

int wait_status(pid_t pid)
{
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) { }
    return status;
}

} // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(Executor executor, Options options)
{
    if (options.command.empty())
        return fail(Errc::unavailable, "There is no command to start.");
    Pipe input;
    Pipe output;
    Pipe failure;
    if (!input.open() || !output.open() || !failure.open())
        return fail(Errc::unavailable, std::string("No pipe for the process: ") + std::strerror(errno) + ".");
    std::vector<std::string> variables;
    for (const auto& [name, value] : options.environment)
        variables.push_back(name + "=" + value);
    const auto arguments = pointers(options.command);
    const auto environment = pointers(variables);
    const auto parent = ::getpid();
    const auto pid = ::fork();
    if (pid == 0)
        become(arguments.data(), environment.data(), parent, input.read, output.write, failure.write);
    if (pid < 0)
        return fail(Errc::unavailable, std::string("No process can be made: ") + std::strerror(errno) + ".");
    ::setpgid(pid, pid); // whoever comes first
    Pipe::close(failure.write);
    int error = 0;
    if (::read(failure.read, &error, sizeof error) == sizeof error) {
        wait_status(pid);
        return fail(Errc::unavailable, options.command.front() + " cannot be started: " + std::strerror(error) + ".");
    }
    const auto descriptor = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
    if (descriptor < 0) {
        ::kill(-pid, SIGKILL);
        wait_status(pid);
        return fail(Errc::unavailable, std::string("The process cannot be watched: ") + std::strerror(errno) + ".");
    }
    return std::unique_ptr<ChildProcess>(
        new ChildProcess(executor, pid, descriptor, std::exchange(input.write, -1), std::exchange(output.read, -1)));
}

ChildProcess::ChildProcess(Executor executor, pid_t pid, int pid_descriptor, int input, int output)
    : pid_(pid), ended_(executor, pid_descriptor), input_(executor, input), output_(executor, output)
{
}

ChildProcess::~ChildProcess()
{
    if (is_reaped_)
        return;
    ::kill(-pid_, SIGKILL);
    wait_status(pid_);
}

Task<std::optional<std::string>> ChildProcess::read_output()
{
    std::string bytes(4096, '\0');
    boost::system::error_code error;
    const auto size = co_await output_.async_read_some(asio::buffer(bytes), asio::redirect_error(use_task, error));
    if (error)
        co_return std::nullopt;
    bytes.resize(size);
    co_return bytes;
}

void ChildProcess::close_output()
{
    boost::system::error_code ignored;
    output_.close(ignored);
}

Task<Exit> ChildProcess::wait()
{
    boost::system::error_code ignored;
    co_await ended_.async_wait(Descriptor::wait_read, asio::redirect_error(use_task, ignored));
    ::kill(-pid_, SIGKILL); // while the leader is a zombie its number cannot be another group's
    const auto status = wait_status(pid_);
    is_reaped_ = true;
    if (WIFSIGNALED(status))
        co_return Exit{.signal = WTERMSIG(status)};
    co_return Exit{.code = WEXITSTATUS(status)};
}

void ChildProcess::signal(int number)
{
    if (!is_reaped_)
        ::kill(-pid_, number);
}

} // namespace siyu::async
