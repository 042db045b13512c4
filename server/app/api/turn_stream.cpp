#include "app/api/turn_stream.hpp"

#include "app/api/views.hpp"

namespace siyu::api {

TurnStream::TurnStream(
    LiveStreams& streams, Executor executor, Principal principal, std::unique_ptr<events::Follower> follower, Locale locale)
    : streams_(streams), executor_(executor), principal_(std::move(principal)), follower_(std::move(follower)), locale_(locale)
{
    streams_.add(executor_, *this);
}

TurnStream::~TurnStream()
{
    streams_.remove(executor_, *this);
}

Task<Result<std::optional<std::string>>> TurnStream::next()
{
    auto batch = co_await follower_->next();
    if (!batch)
        co_return fail(batch.error());
    if (batch->empty())
        co_return std::optional<std::string>();
    std::string out;
    for (auto& event : *batch)
        out += localised(std::move(event), locale_).to_sse();
    co_return std::optional(std::move(out));
}

} // namespace siyu::api
