#pragma once

#include "core/async/signal.hpp"
#include "io/net/http_server.hpp"
#include "io/net/websocket.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <future>
#include <map>
#include <mutex>

namespace siyu::http {

/// A number that tests wait for.
class Count {
public:
    void add()
    {
        const std::lock_guard lock(mutex_);
        ++value_;
        changed_.notify_all();
    }
    bool reaches(int value)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return value_ >= value; });
    }
    int now()
    {
        const std::lock_guard lock(mutex_);
        return value_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int value_ = 0;
};

/// A body that gives its pieces, then goes on as told.
class ScriptedSource final : public BodySource {
public:
    enum class Then { end, fail, wait, repeat };
    ScriptedSource(Executor executor, std::vector<std::string> pieces, Then then, Count& abandoned, Count& asked)
        : changed_(executor), pieces_(std::move(pieces)), then_(then), abandoned_count_(abandoned), asked_(asked)
    {
    }
    Task<Result<std::optional<std::string>>> next() override
    {
        asked_.add();
        if (at_ < pieces_.size())
            co_return pieces_[at_++];
        if (then_ == Then::fail)
            co_return fail(Errc::upstream, "the upstream broke");
        if (then_ == Then::repeat)
            co_return pieces_.back();
        while (then_ == Then::wait && !is_abandoned_)
            co_await changed_.wait_until();
        co_return std::nullopt;
    }
    void abandon() override
    {
        is_abandoned_ = true;
        abandoned_count_.add();
        changed_.notify();
    }

private:
    async::Signal changed_;
    std::vector<std::string> pieces_;
    std::size_t at_ = 0;
    Then then_;
    Count& abandoned_count_;
    Count& asked_;
    bool is_abandoned_ = false;
};

/// Answers by path.
class TestHandler final : public Handler {
public:
    BodyLimits limits_for(const Request& head) override { return {head.path == "/small" ? 10u : 64u * 1024 * 1024}; }

    Task<Response> handle(Request request) override
    {
        handled.add();
        const Executor executor = co_await asio::this_coro::executor;
        Response response;
        response.headers.add("Content-Type", "text/plain");
        const auto stream = [&](std::vector<std::string> pieces, ScriptedSource::Then then) {
            response.source = std::make_shared<ScriptedSource>(executor, std::move(pieces), then, abandoned, asked);
        };
        if (request.path == "/echo") {
            response.body = request.method + " " + request.path + "?" + request.query + " " + request.body;
        } else if (request.path == "/bytes") {
            response.body = std::to_string(request.body.size());
        } else if (request.path == "/peer") {
            response.body = request.peer_address;
        } else if (request.path == "/hang") { // until the client leaves
            async::Signal left(executor);
            const auto hook = request.left->on_trigger([&] { left.notify(); });
            while (!request.left->is_triggered())
                co_await left.wait_until();
            noticed.add();
        } else if (request.path == "/slow") {
            co_await async::sleep_for(std::chrono::milliseconds(100));
            response.body = "slow";
        } else if (request.path == "/empty") {
            response.status = 204;
        } else if (request.path == "/asset") {
            static const std::string asset(4 * 1024 * 1024, 'x');
            response.static_body = asset;
        } else if (request.path == "/split") {
            response.headers.add("X-Bad", "a\r\nSet-Cookie: b");
        } else if (request.path == "/close") {
            response.headers.add("Connection", "close");
        } else if (request.path == "/stream") {
            stream({"one", "", "two"}, ScriptedSource::Then::end);
        } else if (request.path == "/broken-stream") {
            stream({"one"}, ScriptedSource::Then::fail);
        } else if (request.path == "/waiting-stream") {
            stream({"one"}, ScriptedSource::Then::wait);
        } else if (request.path == "/silent-stream") {
            stream({}, ScriptedSource::Then::wait);
        } else if (request.path == "/endless-stream") {
            stream({std::string(64 * 1024, 'e')}, ScriptedSource::Then::repeat);
        } else if (const auto found = sockets.find(request.path); found != sockets.end()) {
            response.on_upgrade = found->second;
        } else {
            response.status = 404;
        }
        co_return response;
    }

    std::map<std::string, std::function<Task<>(net::WebSocket&)>> sockets;
    Count handled;
    Count noticed; // handlers that saw the client leave
    Count abandoned;
    Count asked; // pieces
};

/// A server on its own threads for one test.
class Served {
public:
    explicit Served(ServerLimits limits = {}, std::size_t thread_count = 2)
        : threads_(thread_count),
          server_(std::in_place, threads_, handler, limits,
              [](std::string_view task, std::string_view what) { ADD_FAILURE() << task << ": " << what; })
    {
        const auto listening = server_->listen("127.0.0.1", 0);
        if (!listening)
            throw std::runtime_error(listening.error().detail);
        threads_.start();
    }
    ~Served()
    {
        drain(std::chrono::seconds(0)).get();
        EXPECT_EQ(server_->connections(), 0u);
        threads_.stop();
    }

    std::uint16_t port() const { return server_->port(); }
    Server& server() { return *server_; }
    async::Threads& threads() { return threads_; }
    std::future<void> drain(std::chrono::steady_clock::duration patience)
    {
        return asio::co_spawn(threads_.at(threads_.size() - 1), server_->drain(patience), asio::use_future);
    }

    TestHandler handler;

private:
    async::Threads threads_;
    std::optional<Server> server_;
};

} // namespace siyu::http
