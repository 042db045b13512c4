#include "models/inference/closer.hpp"

#include "models/inference/limits.hpp"

#include <boost/asio/post.hpp>

namespace siyu::inference {

Closer::Closer(Executor executor, storage::Journal& journal, observe::Log& log, async::TaskGroup::Report report)
    : executor_(executor), journal_(journal), log_(log), group_(executor, std::move(report))
{
}

void Closer::write(storage::Commit commit)
{
    ++posted_;
    asio::post(executor_, [this, commit = std::move(commit)]() mutable {
        --posted_;
        group_.spawn("record of an abandoned call", write_patiently(std::move(commit)));
    });
}

Task<> Closer::write_patiently(storage::Commit commit)
{
    const auto deadline = std::chrono::steady_clock::now() + record_patience;
    for (;;) {
        const auto written = co_await journal_.commit(commit);
        if (written)
            co_return;
        if (std::chrono::steady_clock::now() >= deadline) {
            log_.error("call.record", "The record of an abandoned call's end could not be written",
                {{observe::Key::error_message, written.error().detail}});
            co_return;
        }
        co_await async::sleep_for(record_retry);
    }
}

Task<> Closer::stop()
{
    while (posted_ > 0)
        co_await async::sleep_for(std::chrono::milliseconds(1));
    co_await group_.drained();
}

} // namespace siyu::inference
