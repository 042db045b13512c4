#include "io/net/abort.hpp"

#include <utility>

namespace siyu::http {

void Abort::trigger()
{
    if (std::exchange(triggered_, true))
        return;
    for (const auto& weak : std::exchange(actions_, {}))
        if (const auto action = weak.lock())
            (*action)();
}

std::shared_ptr<void> Abort::on_trigger(std::function<void()> action)
{
    if (triggered_) {
        action();
        return nullptr;
    }
    std::erase_if(actions_, [](const auto& weak) { return weak.expired(); });
    auto handle = std::make_shared<std::function<void()>>(std::move(action));
    actions_.push_back(handle);
    return handle;
}

} // namespace siyu::http
