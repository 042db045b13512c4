#include "io/net/client_call.hpp"

namespace siyu::http {

ClientCall::ClientCall(Executor executor, std::shared_ptr<Abort> abort, std::chrono::milliseconds total)
    : step_timer_(async::timers_of(executor),
          [this] { stop(Error(Errc::timeout, std::string(step_detail_), std::string(step_reason_))); }),
      total_timer_(async::timers_of(executor),
          [this] { stop(Error(Errc::timeout, "the whole answer did not come in time", "total_timeout")); }),
      abort_(std::move(abort))
{
    total_timer_.set(total);
    if (abort_)
        hook_ = abort_->on_trigger([this] { stop(Error(Errc::cancelled, "the request was given up")); });
}

void ClientCall::limit_step(std::chrono::milliseconds time, std::string_view reason, std::string_view detail)
{
    step_reason_ = reason;
    step_detail_ = detail;
    step_timer_.set(time);
}

void ClientCall::finish()
{
    step_timer_.clear();
    total_timer_.clear();
    hook_.reset();
    cancel_ = nullptr;
}

void ClientCall::stop(Error why)
{
    if (std::exchange(is_stopped_, true))
        return;
    error_ = std::move(why);
    step_timer_.clear();
    total_timer_.clear();
    if (cancel_)
        cancel_();
}

} // namespace siyu::http
