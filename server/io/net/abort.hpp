#pragma once

#include <functional>
#include <memory>
#include <vector>

namespace siyu::http {

/// Says "stop" to whoever waits on behalf of one request. Lives on one thread.
class Abort {
public:
    /// Once; later calls do nothing.
    void trigger();
    bool is_triggered() const { return triggered_; }

    /// What to do then (at once, if triggered already). Letting the returned handle go takes the action back.
    [[nodiscard]] std::shared_ptr<void> on_trigger(std::function<void()> action);

private:
    bool triggered_ = false;
    std::vector<std::weak_ptr<std::function<void()>>> actions_;
};

} // namespace siyu::http
