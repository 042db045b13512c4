#pragma once

#include "core/async/signal.hpp"

#include <functional>
#include <memory>
#include <string_view>

namespace siyu::async {

/// Owns the coroutines that nobody awaits at once. Lives on one thread; it is its owner's last member, and the owner awaits
/// `drained()` before it goes. An exception that leaves a task is a defect: it is reported, never swallowed.
class TaskGroup {
public:
    using Report = std::function<void(std::string_view task, std::string_view what)>;

    TaskGroup(Executor executor, Report report);

    /// Runs `task`; `name` (a literal) tells in the report which one failed.
    void spawn(std::string_view name, Task<> task);

    /// Returns when every task has ended.
    Task<> drained();

    std::size_t size() const { return state_->running; }

private:
    struct State {
        explicit State(Executor executor) : ended(executor) { }
        std::size_t running = 0;
        Signal ended;
        Report report;
    };
    Executor executor_;
    std::shared_ptr<State> state_; // shared with the completion handlers, which may run after an abandoned group
};

} // namespace siyu::async
