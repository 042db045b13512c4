#pragma once

#include "core/async/task.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace siyu::net {

/// Hears that a stream can be tried again.
class StreamWaiter {
public:
    virtual ~StreamWaiter() = default;
    /// `usable` is false when the stream has been closed meanwhile.
    virtual void readable(bool usable) = 0;
    virtual void writable(bool usable) = 0;
    /// The loop goes away with the wait undone: let go what waits.
    virtual void dropped() = 0;
};

/// A connected stream of bytes, whatever carries it. Never blocks: an operation is tried, and when it cannot go on it names
/// what to wait for (under TLS a read may have to write). Lives on one thread.
class ByteStream {
public:
    enum class Status { done, end, wait_readable, wait_writable, failed };
    struct Outcome {
        Status status = Status::done;
        std::size_t bytes = 0; ///< above zero only with `done`
    };

    virtual ~ByteStream() = default;

    virtual Outcome try_read(std::span<char> into) = 0;
    /// Sends from the front of the pieces, in one system call where it can.
    virtual Outcome try_write(std::span<const std::string_view> pieces) = 0;
    /// Calls `waiter` once; at most one wait of each kind at a time. The wait keeps the waiter alive.
    virtual void wait_readable(std::shared_ptr<StreamWaiter> waiter) = 0;
    virtual void wait_writable(std::shared_ptr<StreamWaiter> waiter) = 0;
    /// Tells the other side that nothing more will come.
    virtual void shutdown_write() = 0;
    /// The next `close` is to look broken to the other side.
    virtual void reset_on_close() = 0;
    /// Waits end as not usable.
    virtual void close() = 0;
    /// "127.0.0.1", "::1".
    virtual std::string peer_address() const = 0;
    virtual Executor executor() const = 0;
};

} // namespace siyu::net
