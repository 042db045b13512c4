#include "app/api/event_socket.hpp"

#include "app/api/problem.hpp"
#include "app/api/views.hpp"
#include "core/base/json.hpp"

#include <boost/json/serialize.hpp>

namespace siyu::api {
namespace {

constexpr int policy_violation = 1008; // RFC 6455, 7.4.1

std::string text_member(const boost::json::object& message, std::string_view name)
{
    const auto* value = message.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

} // namespace

EventSocket::EventSocket(Services& services, net::WebSocket& socket, Executor executor, chat::Asker asker, Locale locale)
    : services_(services),
      socket_(socket),
      asker_(std::move(asker)),
      locale_(locale),
      has_notices_(executor),
      may_send_(executor),
      tasks_(executor, [&services](std::string_view task, std::string_view what) {
          services.log.error(
              "task.failed", "a WebSocket's task failed", {{observe::Key::task, task}, {observe::Key::error_message, what}});
      })
{
    services_.streams.add(executor, *this);
}

EventSocket::~EventSocket()
{
    services_.streams.remove(may_send_.executor(), *this);
}

Task<> EventSocket::run()
{
    tasks_.spawn("notices", send_notices());
    co_await read_commands();
    is_closed_ = true;
    for (auto& [turn, follower] : followed_)
        follower->close();
    has_notices_.notify();
    co_await tasks_.drained();
}

void EventSocket::close()
{
    is_closed_ = true;
    socket_.close(policy_violation, "session ended");
}

void EventSocket::notice(const boost::json::object& message)
{
    if (notices_.size() >= notices_max)
        return; // a notice only saves the page a question
    notices_.push_back(boost::json::serialize(message));
    has_notices_.notify();
}

Task<> EventSocket::read_commands()
{
    for (;;) {
        auto message = co_await socket_.read();
        if (!message || !*message)
            co_return;
        co_await obey(std::move(**message));
    }
}

Task<> EventSocket::obey(std::string text)
{
    auto message = parse_json(text);
    if (!message || !message->is_object()) {
        co_await refuse({}, message ? Error(Errc::invalid, {}, "not_an_object") : message.error());
        co_return;
    }
    const auto& members = message->as_object();
    if (auto turn = text_member(members, "follow"); !turn.empty()) {
        co_await follow(std::move(turn), text_member(members, "after"));
    } else if (auto left = text_member(members, "unfollow"); !left.empty()) {
        if (const auto found = followed_.find(left); found != followed_.end())
            found->second->close();
    } else {
        co_await refuse({}, Error(Errc::invalid, {}, "missing_field", "follow"));
    }
}

Task<> EventSocket::follow(std::string turn, std::string after)
{
    if (followed_.contains(turn))
        co_return;
    if (followed_.size() >= followed_max) {
        co_await refuse(turn, Error(Errc::rate_limited, "too many followed turns"));
        co_return;
    }
    auto id = TurnId::parse(turn);
    if (!id) {
        co_await refuse(turn, Error(Errc::not_found));
        co_return;
    }
    auto follower = co_await services_.turns.follow(asker_, std::move(*id), std::move(after), may_send_.executor());
    if (!follower) {
        co_await refuse(turn, follower.error());
        co_return;
    }
    std::shared_ptr<events::Follower> shared = std::move(*follower);
    followed_[turn] = shared;
    tasks_.spawn("follow", relay(turn, std::move(shared)));
}

Task<> EventSocket::relay(std::string turn, std::shared_ptr<events::Follower> follower)
{
    for (;;) {
        auto batch = co_await follower->next();
        if (!batch || batch->empty() || is_closed_)
            break;
        for (auto& event : *batch)
            if (!co_await send(boost::json::serialize(localised(std::move(event), locale_).to_json())))
                break;
    }
    if (const auto found = followed_.find(turn); found != followed_.end() && found->second == follower)
        followed_.erase(found);
}

Task<> EventSocket::send_notices()
{
    while (!is_closed_) {
        while (!notices_.empty()) {
            auto text = std::move(notices_.front());
            notices_.erase(notices_.begin());
            co_await send(std::move(text));
        }
        if (!is_closed_)
            co_await has_notices_.wait_until();
    }
}

Task<bool> EventSocket::send(std::string text)
{
    while (is_sending_)
        co_await may_send_.wait_until();
    if (is_closed_)
        co_return false;
    is_sending_ = true;
    const auto written = co_await socket_.write(std::move(text));
    is_sending_ = false;
    may_send_.notify();
    co_return written.has_value();
}

Task<> EventSocket::refuse(std::string turn, Error error)
{
    boost::json::object message{{"event", "refused"}, {"problem", problem_body(error, locale_)}};
    if (!turn.empty())
        message["turn_id"] = turn;
    co_await send(boost::json::serialize(message));
}

} // namespace siyu::api
