#include "core/async/threads.hpp"

namespace siyu::async {

Threads::Threads(std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        contexts_.push_back(std::make_unique<asio::io_context>(1)); // one thread runs it: no locking inside
        guards_.push_back(asio::make_work_guard(*contexts_.back()));
    }
}

Threads::~Threads()
{
    stop();
}

void Threads::start()
{
    for (auto& context : contexts_)
        threads_.emplace_back([&context] { context->run(); });
}

void Threads::stop()
{
    guards_.clear();
    for (auto& context : contexts_)
        context->stop();
    for (auto& thread : threads_)
        thread.join();
    threads_.clear();
}

} // namespace siyu::async
