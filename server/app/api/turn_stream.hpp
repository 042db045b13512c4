#pragma once

#include "app/api/live_streams.hpp"
#include "app/api/locale.hpp"
#include "io/net/http_message.hpp"
#include "state/events/turn_log.hpp"

namespace siyu::api {

/// One followed turn as server-sent events. Lives on the connection's thread.
class TurnStream final : public http::BodySource, public LiveStream {
public:
    TurnStream(LiveStreams& streams, Executor executor, Principal principal, std::unique_ptr<events::Follower> follower,
        Locale locale);
    ~TurnStream() override;

    Task<Result<std::optional<std::string>>> next() override;
    void abandon() override { follower_->close(); }

    const Principal& principal() const override { return principal_; }
    void close() override { follower_->close(); }
    void notice(const boost::json::object&) override { }

private:
    LiveStreams& streams_;
    Executor executor_;
    Principal principal_;
    std::unique_ptr<events::Follower> follower_;
    Locale locale_;
};

} // namespace siyu::api
