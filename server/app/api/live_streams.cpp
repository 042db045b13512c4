#include "app/api/live_streams.hpp"

#include <boost/asio/post.hpp>

#include <stdexcept>

namespace siyu::api {

LiveStreams::LiveStreams(async::Threads& threads) : threads_(threads), sets_(threads.size()) { }

LiveStreams::Set& LiveStreams::set_of(Executor executor)
{
    for (std::size_t i = 0; i < sets_.size(); ++i)
        if (threads_.at(i) == executor)
            return sets_[i];
    throw std::logic_error("a stream on a thread that is not the server's");
}

void LiveStreams::close_credential(Executor executor, const std::string& credential_id)
{
    const auto streams = set_of(executor); // a copy: closing may remove
    for (auto* stream : streams)
        if (stream->principal().credential_id == credential_id)
            stream->close();
}

void LiveStreams::close_all_of(const UserId& user)
{
    for (std::size_t i = 0; i < sets_.size(); ++i)
        asio::post(threads_.at(i), [this, i, user] {
            const auto streams = sets_[i]; // a copy: closing may remove
            for (auto* stream : streams)
                if (stream->principal().user == user)
                    stream->close();
        });
}

void LiveStreams::notify(const UserId& user, boost::json::object message)
{
    for (std::size_t i = 0; i < sets_.size(); ++i)
        asio::post(threads_.at(i), [this, i, user, message] {
            for (auto* stream : sets_[i])
                if (stream->principal().user == user)
                    stream->notice(message);
        });
}

} // namespace siyu::api
