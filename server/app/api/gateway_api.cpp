#include "app/api/answers.hpp"
#include "app/api/handlers.hpp"
#include "app/api/live_streams.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/json/array.hpp>

namespace siyu::api {
namespace {

/// A relayed call as long as it lasts. When its key or session ends, it ends as if the client had left. Lives on the
/// connection's thread.
class GatewayCall final : public LiveStream {
public:
    GatewayCall(LiveStreams& streams, Executor executor, const Context& context)
        : streams_(streams), executor_(std::move(executor)), principal_(context.principal), left_(context.request.left)
    {
        streams_.add(executor_, *this);
    }
    ~GatewayCall() override { streams_.remove(executor_, *this); }
    GatewayCall(const GatewayCall&) = delete;
    GatewayCall& operator=(const GatewayCall&) = delete;

    bool is_closed() const { return is_closed_; }

    const Principal& principal() const override { return principal_; }
    void close() override
    {
        is_closed_ = true;
        asio::post(executor_, [left = left_] { left->trigger(); }); // later: it may let this object go
    }
    void notice(const boost::json::object&) override { }

private:
    LiveStreams& streams_;
    Executor executor_;
    Principal principal_;
    std::shared_ptr<http::Abort> left_;
    bool is_closed_ = false;
};

/// An answer on its way, which keeps its call among the live streams.
struct LiveAnswer {
    std::shared_ptr<GatewayCall> call;
    std::shared_ptr<http::BodySource> source;
};

} // namespace

Task<Result<http::Response>> gateway_chat_completions(Services& services, Context& context)
{
    const Executor executor = co_await asio::this_coro::executor;
    auto call = std::make_shared<GatewayCall>(services.streams, executor, context);
    auto response = co_await services.inference.relay(
        {.asker = context.asker(), .body = std::move(context.request.body), .left = context.request.left});
    if (call->is_closed()) {
        if (response.source)
            response.source->abandon();
        co_return fail(Errc::unauthenticated, "the key or session ended meanwhile", "bad_api_key");
    }
    if (response.source) {
        const auto answer = std::make_shared<LiveAnswer>(std::move(call), std::move(response.source));
        response.source = {answer, answer->source.get()};
    }
    co_return response;
}

/// OpenAI API reference, "List models".
Task<Result<http::Response>> gateway_models(Services& services, Context& context)
{
    const auto snapshot = services.inference.models(context.principal);
    boost::json::array data;
    for (const auto& upstream : snapshot->upstreams)
        for (const auto& model : upstream.models)
            data.push_back({{"id", model}, {"object", "model"}, {"created", to_micros(upstream.since) / 1'000'000},
                {"owned_by", upstream.name}});
    co_return json_answer(200, {{"object", "list"}, {"data", std::move(data)}});
}

} // namespace siyu::api
