#pragma once

#include "core/base/result.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace siyu {

namespace asio = boost::asio;

/// One thread of the server, as work is handed to it. The concrete type: the type-erased executor costs a fifth.
using Executor = asio::io_context::executor_type;

/// What every coroutine returns. It runs on one thread from start to end.
template <class T = void> using Task = asio::awaitable<T, Executor>;

/// The completion token for Asio operations: `co_await socket.async_wait(type, use_task)`.
inline constexpr asio::use_awaitable_t<Executor> use_task{};

} // namespace siyu
