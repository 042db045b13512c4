#include "core/async/signal.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>

namespace siyu::async {

Task<> Signal::wait_until(std::chrono::steady_clock::time_point deadline)
{
    SteadyTimer timer(executor_, deadline);
    waiting_.push_back(&timer);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(use_task, ignored));
    std::erase(waiting_, &timer);
}

void Signal::notify()
{
    for (auto* timer : waiting_)
        timer->cancel();
}

Task<> sleep_for(std::chrono::steady_clock::duration duration)
{
    SteadyTimer timer(co_await asio::this_coro::executor, duration);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(use_task, ignored));
}

} // namespace siyu::async
