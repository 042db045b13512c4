#pragma once

#include "core/async/task.hpp"

#include <optional>
#include <utility>

namespace siyu::net {

/// Where one coroutine waits until somebody on its thread gives it a value: a callback's way into a coroutine, without a timer
/// or an allocation.
template <class T> class Parking {
public:
    /// One at a time. `start` runs when the coroutine stands still; it must not give the value at once.
    template <class Start> Task<T> wait(Start start)
    {
        return asio::async_initiate<const asio::use_awaitable_t<Executor>, void(T)>(
            [this, start = std::move(start)](Handler handler) mutable {
                handler_.emplace(std::move(handler));
                start();
            },
            use_task);
    }

    bool is_taken() const { return handler_.has_value(); }

    /// Runs the coroutine on, here, up to its next wait. Called from the loop, not from a coroutine.
    void resume(T value)
    {
        auto handler = std::move(*handler_);
        handler_.reset();
        std::move(handler)(std::move(value));
    }

    /// Destroys the coroutine.
    void drop() { handler_.reset(); }

private:
    using Handler = typename asio::async_result<asio::use_awaitable_t<Executor>, void(T)>::handler_type;
    std::optional<Handler> handler_;
};

/// For a function that returns a Task and need not wait this time.
template <class T> Task<T> at_once(T value)
{
    co_return value;
}

} // namespace siyu::net
