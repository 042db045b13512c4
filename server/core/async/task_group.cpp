#include "core/async/task_group.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>

namespace siyu::async {

TaskGroup::TaskGroup(Executor executor, Report report) : executor_(executor), state_(std::make_shared<State>(executor))
{
    state_->report = std::move(report);
}

void TaskGroup::spawn(std::string_view name, Task<> task)
{
    ++state_->running;
    asio::co_spawn(executor_, std::move(task), [name, state = state_](std::exception_ptr failure) {
        --state->running;
        state->ended.notify();
        if (!failure)
            return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& e) {
            state->report(name, e.what());
        } catch (...) {
            state->report(name, "an exception of unknown type");
        }
    });
}

Task<> TaskGroup::drained()
{
    while (state_->running > 0)
        co_await state_->ended.wait_until();
}

} // namespace siyu::async
