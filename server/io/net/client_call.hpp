#pragma once

#include "core/async/timer_wheel.hpp"
#include "core/base/error.hpp"
#include "io/net/abort.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace siyu::http {

/// What may end one request of the client from outside, from its start to the end of its response: the abort and two clocks.
/// Each wait of the request says how it is ended, and asks afterwards whether it was. Lives on one thread.
class ClientCall {
public:
    ClientCall(Executor executor, std::shared_ptr<Abort> abort, std::chrono::milliseconds total);
    ClientCall(const ClientCall&) = delete;
    ClientCall& operator=(const ClientCall&) = delete;

    /// From now on `cancel` ends the wait; it must not run a coroutine on by itself.
    void waits(std::function<void()> cancel) { cancel_ = std::move(cancel); }
    /// The present step may take that long; `reason` and `detail` (literals) say what it is when it does not end in time.
    void limit_step(std::chrono::milliseconds time, std::string_view reason, std::string_view detail);
    void unlimit_step() { step_timer_.clear(); }
    /// The response has ended: nothing can stop it any more.
    void finish();

    bool is_stopped() const { return is_stopped_; }
    /// Why it was stopped.
    const Error& error() const { return error_; }
    void stop(Error why);

private:
    std::function<void()> cancel_;
    bool is_stopped_ = false;
    Error error_{Errc::internal};
    std::string_view step_reason_;
    std::string_view step_detail_;
    async::Timer step_timer_;
    async::Timer total_timer_;
    std::shared_ptr<Abort> abort_;
    std::shared_ptr<void> hook_;
};

} // namespace siyu::http
