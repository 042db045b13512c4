#include "testkit/imposter.hpp"

#include "core/base/text.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

namespace siyu::testkit {

using namespace std::chrono_literals;

Script Script::reply(int status, std::string body, std::string type, std::vector<std::pair<std::string, std::string>> headers)
{
    auto bytes = fmt::format("HTTP/1.1 {} Scripted\r\nContent-Type: {}\r\nContent-Length: {}\r\n", status, type, body.size());
    for (const auto& [name, value] : headers)
        bytes += name + ": " + value + "\r\n";
    return Script().raw(bytes + "\r\n" + body);
}

Script Script::stream()
{
    return Script().raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
}

namespace {

std::string completion_chunk(boost::json::object delta, boost::json::value finish_reason)
{
    return serialize(boost::json::value{{"id", "chatcmpl-1"}, {"object", "chat.completion.chunk"}, {"created", 1767225600},
        {"model", "imposter"},
        {"choices",
            boost::json::array{
                boost::json::object{{"index", 0}, {"delta", std::move(delta)}, {"finish_reason", std::move(finish_reason)}}}}});
}

} // namespace

Script Script::openai(const std::vector<std::string>& tokens)
{
    auto script = stream().event(completion_chunk({{"role", "assistant"}, {"content", ""}}, nullptr));
    for (const auto& token : tokens)
        script.openai_text(token);
    return script.openai_end();
}

Script& Script::openai_text(const std::string& token)
{
    return event(completion_chunk({{"content", token}}, nullptr));
}

Script& Script::openai_end()
{
    event(completion_chunk({}, "stop"));
    event(R"({"id":"chatcmpl-1","object":"chat.completion.chunk","created":1767225600,"model":"imposter","choices":[],)"
          R"("usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12}})");
    return event("[DONE]").end();
}

Script& Script::raw(std::string bytes)
{
    steps_.push_back({Step::Kind::send, std::move(bytes), {}});
    return *this;
}

Script& Script::chunk(std::string bytes)
{
    return raw(fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes));
}

Script& Script::pause(std::chrono::milliseconds time)
{
    steps_.push_back({Step::Kind::pause, {}, time});
    return *this;
}

Script& Script::gate(std::string name)
{
    steps_.push_back({Step::Kind::gate, std::move(name), {}});
    return *this;
}

Script& Script::stall()
{
    steps_.push_back({Step::Kind::stall, {}, {}});
    return *this;
}

Script& Script::cut()
{
    steps_.push_back({Step::Kind::cut, {}, {}});
    return *this;
}

std::string SeenRequest::header(std::string_view name) const
{
    for (const auto& [field, value] : headers)
        if (equals_ignoring_case(field, name))
            return value;
    return {};
}

struct Imposter::State {
    mutable std::mutex mutex;
    mutable std::condition_variable changed;
    std::map<std::string, std::vector<Script>> scripts;
    std::set<std::string> open_gates;
    std::vector<SeenRequest> requests;
    std::set<int> sockets;
    std::vector<std::thread> threads;
    std::thread acceptor;
    std::size_t connections = 0;
    std::size_t left = 0;
    bool is_ending = false;
    int listener = -1;
    std::uint16_t port = 0;

    void accept_all();
    void serve(int socket);
    bool read_request(int socket, std::string& input, SeenRequest& request);
    Script script_for(const SeenRequest& request);
    bool play(int socket, const Script& script);
    bool wait(int socket, const std::function<bool()>& is_over);
};

void Imposter::State::accept_all()
{
    while (true) {
        const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            return;
        const int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        std::lock_guard lock(mutex);
        ++connections;
        sockets.insert(socket);
        threads.emplace_back([this, socket] { serve(socket); });
    }
}

void Imposter::State::serve(int socket)
{
    std::string input;
    SeenRequest request;
    while (read_request(socket, input, request)) {
        {
            std::lock_guard lock(mutex);
            requests.push_back(request);
        }
        changed.notify_all();
        if (!play(socket, script_for(request)))
            break;
        request = {};
    }
    std::lock_guard lock(mutex);
    sockets.erase(socket);
    ::close(socket);
}

bool Imposter::State::read_request(int socket, std::string& input, SeenRequest& request)
{
    const auto fill = [&] {
        char buffer[16384];
        const auto count = ::recv(socket, buffer, sizeof buffer, 0);
        if (count > 0)
            input.append(buffer, static_cast<std::size_t>(count));
        return count > 0;
    };
    while (!input.contains("\r\n\r\n"))
        if (!fill())
            return false;
    const auto head_end = input.find("\r\n\r\n") + 2;
    const auto line_end = input.find("\r\n");
    const auto first = input.find(' ');
    request.method = input.substr(0, first);
    request.target = input.substr(first + 1, input.find(' ', first + 1) - first - 1);
    for (auto at = line_end + 2; at < head_end;) {
        const auto end = input.find("\r\n", at);
        const auto colon = input.find(':', at);
        request.headers.emplace_back(
            input.substr(at, colon - at), trim(std::string_view(input).substr(colon + 1, end - colon - 1)));
        at = end + 2;
    }
    const auto body_bytes = std::strtoull(request.header("content-length").c_str(), nullptr, 10);
    input.erase(0, head_end + 2);
    while (input.size() < body_bytes)
        if (!fill())
            return false;
    request.body = input.substr(0, body_bytes);
    input.erase(0, body_bytes);
    return true;
}

Script Imposter::State::script_for(const SeenRequest& request)
{
    std::lock_guard lock(mutex);
    const auto found = scripts.find(request.target.substr(0, request.target.find('?')));
    if (found == scripts.end() || found->second.empty())
        return Script::reply(404, R"({"error":{"message":"no script for this path"}})");
    auto script = found->second.front();
    if (found->second.size() > 1)
        found->second.erase(found->second.begin());
    return script;
}

bool Imposter::State::play(int socket, const Script& script)
{
    const auto client_left = [this] {
        std::lock_guard lock(mutex);
        if (!is_ending)
            ++left;
        changed.notify_all();
        return false;
    };
    for (const auto& step : script.steps_) {
        using Kind = Script::Step::Kind;
        switch (step.kind) {
        case Kind::cut: return false;
        case Kind::send:
            for (std::size_t sent = 0; sent < step.text.size();) {
                const auto count = ::send(socket, step.text.data() + sent, step.text.size() - sent, MSG_NOSIGNAL);
                if (count < 0)
                    return client_left();
                sent += static_cast<std::size_t>(count);
            }
            break;
        case Kind::pause:
            if (const auto end = std::chrono::steady_clock::now() + step.time;
                !wait(socket, [&] { return std::chrono::steady_clock::now() >= end; }))
                return client_left();
            break;
        case Kind::gate:
            if (!wait(socket, [&] { return open_gates.contains(step.text); }))
                return client_left();
            break;
        case Kind::stall:
            if (!wait(socket, [] { return false; }))
                return client_left();
        }
    }
    return true;
}

// Returns false when the client leaves first. `is_over` is asked under the mutex.
bool Imposter::State::wait(int socket, const std::function<bool()>& is_over)
{
    while (true) {
        {
            std::lock_guard lock(mutex);
            if (is_ending || is_over())
                return !is_ending;
        }
        pollfd poll{socket, POLLIN | POLLRDHUP, 0};
        ::poll(&poll, 1, 2);
        if (poll.revents & (POLLRDHUP | POLLHUP | POLLERR))
            return false;
    }
}

Imposter::Imposter() : state_(std::make_unique<State>())
{
    state_->listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(state_->listener, generic, size) != 0 || ::listen(state_->listener, 256) != 0
        || ::getsockname(state_->listener, generic, &size) != 0)
        throw std::runtime_error("the imposter finds no port");
    state_->port = ntohs(address.sin_port);
    state_->acceptor = std::thread([state = state_.get()] { state->accept_all(); });
}

Imposter::~Imposter()
{
    ::shutdown(state_->listener, SHUT_RDWR);
    state_->acceptor.join();
    {
        std::lock_guard lock(state_->mutex);
        state_->is_ending = true;
        for (const int socket : state_->sockets)
            ::shutdown(socket, SHUT_RDWR);
    }
    for (auto& thread : state_->threads)
        thread.join();
    ::close(state_->listener);
}

std::uint16_t Imposter::port() const
{
    return state_->port;
}

std::string Imposter::origin() const
{
    return "http://127.0.0.1:" + std::to_string(state_->port);
}

void Imposter::on(const std::string& path, std::vector<Script> scripts)
{
    std::lock_guard lock(state_->mutex);
    state_->scripts[path] = std::move(scripts);
}

void Imposter::open(const std::string& gate)
{
    std::lock_guard lock(state_->mutex);
    state_->open_gates.insert(gate);
}

std::vector<SeenRequest> Imposter::requests() const
{
    std::lock_guard lock(state_->mutex);
    return state_->requests;
}

std::size_t Imposter::connections() const
{
    std::lock_guard lock(state_->mutex);
    return state_->connections;
}

std::size_t Imposter::left() const
{
    std::lock_guard lock(state_->mutex);
    return state_->left;
}

bool Imposter::wait_for_requests(std::size_t count) const
{
    std::unique_lock lock(state_->mutex);
    return state_->changed.wait_for(lock, 10s, [&] { return state_->requests.size() >= count; });
}

bool Imposter::wait_for_left(std::size_t count) const
{
    std::unique_lock lock(state_->mutex);
    return state_->changed.wait_for(lock, 10s, [&] { return state_->left >= count; });
}

} // namespace siyu::testkit
