#pragma once

#include "app/api/context.hpp"
#include "app/api/services.hpp"
#include "core/async/signal.hpp"
#include "core/async/task_group.hpp"
#include "io/net/websocket.hpp"

#include <map>

namespace siyu::api {

/// One tab's WebSocket: follows any number of turns (contract/events.schema.json) and carries notices. Lives on the
/// connection's thread, for as long as `run`.
class EventSocket final : public LiveStream {
public:
    EventSocket(Services& services, net::WebSocket& socket, Executor executor, chat::Asker asker, Locale locale);
    ~EventSocket() override;

    /// Returns when the client has left or the session has ended, and nothing of it runs any more.
    Task<> run();

    const Principal& principal() const override { return asker_.principal; }
    void close() override;
    void notice(const boost::json::object& message) override;

private:
    static constexpr std::size_t followed_max = 32;
    static constexpr std::size_t notices_max = 64;

    Task<> read_commands();
    Task<> obey(std::string text);
    Task<> follow(std::string turn, std::string after);
    Task<> relay(std::string turn, std::shared_ptr<events::Follower> follower);
    Task<> send_notices();
    /// One message at a time; a slow reader holds back its own followers here, and they hold nothing but their place.
    Task<bool> send(std::string text);
    Task<> refuse(std::string turn, Error error);

    Services& services_;
    net::WebSocket& socket_;
    chat::Asker asker_;
    Locale locale_;
    std::map<std::string, std::shared_ptr<events::Follower>> followed_;
    std::vector<std::string> notices_;
    async::Signal has_notices_;
    async::Signal may_send_;
    bool is_sending_ = false;
    bool is_closed_ = false;
    async::TaskGroup tasks_;
};

} // namespace siyu::api
