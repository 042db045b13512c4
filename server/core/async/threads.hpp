#pragma once

#include "core/async/task.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace siyu::async {

/// The server's threads, one io_context each. What begins on one stays there.
class Threads {
public:
    explicit Threads(std::size_t count);
    ~Threads();

    /// Runs the loops; returns at once.
    void start();
    /// Ends the loops and joins: pending handlers are dropped, so drain first.
    void stop();

    std::size_t size() const { return contexts_.size(); }
    Executor at(std::size_t index) { return contexts_[index]->get_executor(); }
    /// Round robin. Thread-safe.
    Executor next() { return at(turn_.fetch_add(1) % size()); }

private:
    std::vector<std::unique_ptr<asio::io_context>> contexts_;
    std::vector<asio::executor_work_guard<Executor>> guards_;
    std::vector<std::thread> threads_;
    std::atomic<std::size_t> turn_ = 0;
};

} // namespace siyu::async
