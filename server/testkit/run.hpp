#pragma once

#include "core/async/task.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <optional>
#include <stdexcept>

namespace siyu::testkit {

/// Runs a task to its end on a loop of its own and gives its value; what it throws, this throws.
template <class T> T run(asio::io_context& context, Task<T> task)
{
    std::optional<T> outcome;
    std::exception_ptr failure;
    asio::co_spawn(context, std::move(task), [&](std::exception_ptr thrown, T value) {
        failure = thrown;
        outcome.emplace(std::move(value));
        context.stop();
    });
    context.restart();
    context.run();
    if (failure)
        std::rethrow_exception(failure);
    if (!outcome)
        throw std::logic_error("the task never ended: its loop ran dry");
    return std::move(*outcome);
}

inline void run(asio::io_context& context, Task<> task)
{
    bool ended = false;
    std::exception_ptr failure;
    asio::co_spawn(context, std::move(task), [&](std::exception_ptr thrown) {
        failure = thrown;
        ended = true;
        context.stop();
    });
    context.restart();
    context.run();
    if (failure)
        std::rethrow_exception(failure);
    if (!ended)
        throw std::logic_error("the task never ended: its loop ran dry");
}

template <class T> T run(Task<T> task)
{
    asio::io_context context(1);
    return run(context, std::move(task));
}

} // namespace siyu::testkit
