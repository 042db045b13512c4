#pragma once

#include "core/async/signal.hpp"

#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <sys/types.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace siyu::async {

/// How a process ended.
struct Exit {
    int code = 0; ///< when `signal` is 0
    int signal = 0;
};

/// Another program, as leader of a process group of its own. Lives on one thread. The child is killed when that thread ends or
/// this object goes, and sees its standard input close; what it started in turn is killed with it by `signal`.
class ChildProcess {
public:
    struct Options {
        std::vector<std::string> command; ///< program (looked for in PATH) and arguments
        std::map<std::string, std::string> environment; ///< all of it
    };

    /// Errc::unavailable with a sentence in the detail when it cannot be started.
    static Result<std::unique_ptr<ChildProcess>> start(Executor executor, Options options);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    pid_t pid() const { return pid_; }

    /// The next bytes of standard output and error, together; empty optional when all who hold them have closed them.
    Task<std::optional<std::string>> read_output();
    /// Ends a waiting `read_output`.
    void close_output();
    /// Waits for the end, once.
    Task<Exit> wait();
    /// To the whole group; harmless when it is gone.
    void signal(int number);

private:
    using Descriptor = asio::posix::basic_stream_descriptor<Executor>;
    ChildProcess(Executor executor, pid_t pid, int pid_descriptor, int input, int output);

    pid_t pid_;
    bool is_reaped_ = false;
    Descriptor ended_; // a pidfd: readable when the process has ended
    Descriptor input_;
    Descriptor output_;
};

} // namespace siyu::async
