#pragma once

#include "core/async/task.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace siyu::async {

/// Threads for work that blocks or is heavy (argon2, SQLite, parsing), with a bounded queue. Thread-safe; outlives its callers,
/// and ends before the loops that they run on.
class BlockingPool {
public:
    BlockingPool(std::size_t threads, std::size_t queue_max) : queue_max_(queue_max), pool_(threads) { }
    ~BlockingPool() { pool_.join(); }

    /// Runs `work` (which returns a Result and does not throw) on the pool and resumes on the caller's own thread.
    /// Errc::unavailable when `queue_max` calls wait already.
    template <class Work> Task<std::invoke_result_t<Work>> run(Work work)
    {
        using Outcome = std::invoke_result_t<Work>;
        if (waiting_.fetch_add(1) >= queue_max_) {
            waiting_.fetch_sub(1);
            co_return fail(Errc::unavailable, "the queue of blocking work is full", "busy");
        }
        const Executor executor = co_await asio::this_coro::executor;
        co_return co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void(Outcome)>(
            [this, executor, work = std::move(work)](auto handler) mutable {
                asio::post(pool_,
                    [this, guard = asio::make_work_guard(executor), work = std::move(work),
                        handler = std::move(handler)]() mutable {
                        auto outcome = work();
                        waiting_.fetch_sub(1);
                        // The guard travels along: dropped here, it could touch a loop that has ended meanwhile.
                        const auto back = guard.get_executor();
                        asio::post(back,
                            [guard = std::move(guard), handler = std::move(handler), outcome = std::move(outcome)]() mutable {
                                std::move(handler)(std::move(outcome));
                            });
                    });
            },
            use_task);
    }

    std::size_t waiting() const { return waiting_.load(); }

private:
    std::size_t queue_max_;
    std::atomic<std::size_t> waiting_ = 0;
    asio::thread_pool pool_;
};

} // namespace siyu::async
