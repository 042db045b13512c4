#include "app/api/answers.hpp"
#include "app/api/handlers.hpp"
#include "app/api/json_body.hpp"
#include "app/api/turn_stream.hpp"
#include "app/api/views.hpp"

#include <boost/asio/this_coro.hpp>

namespace siyu::api {
namespace {

constexpr std::size_t prompt_code_points_max = 1'000'000;
constexpr std::size_t model_name_max = 200;

http::Response started(const chat::TurnStarted& turn)
{
    return json_answer(202, {{"turn_id", turn.turn.text}, {"message_id", turn.question.text}, {"answer_id", turn.answer.text}});
}

Result<chat::TurnRequest> read_start(std::string_view text)
{
    JsonBody body(text);
    chat::TurnRequest request;
    request.prompt = body.text("prompt", 1, prompt_code_points_max);
    request.model = body.optional_text("model", 1, model_name_max).value_or("");
    const auto message = body.optional_text("message_id", 36, 36);
    const auto parent = body.nullable_text("parent_id", 36, 36);
    if (auto read = body.finish(); !read)
        return fail(read.error());
    if (message) {
        auto id = MessageId::parse(*message);
        if (!id)
            return fail(Errc::invalid, {}, "bad_id", "message_id");
        request.message_id = std::move(*id);
    }
    if (parent && !*parent)
        request.parent.emplace(std::nullopt);
    if (parent && *parent) {
        auto id = MessageId::parse(**parent);
        if (!id)
            return fail(Errc::invalid, {}, "bad_id", "parent_id");
        request.parent.emplace(std::move(*id));
    }
    return request;
}

} // namespace

Task<Result<http::Response>> start_turn(Services& services, Context& context)
{
    auto conversation = context.path_id<ConversationId>();
    if (!conversation)
        co_return fail(conversation.error());
    auto request = read_start(context.request.body);
    if (!request)
        co_return fail(request.error());
    request->conversation = std::move(*conversation);
    auto turn = co_await services.turns.start(context.asker(), std::move(*request));
    if (!turn)
        co_return fail(turn.error());
    co_return started(*turn);
}

Task<Result<http::Response>> regenerate(Services& services, Context& context)
{
    auto message = context.path_id<MessageId>();
    if (!message)
        co_return fail(message.error());
    JsonBody body(context.request.body);
    auto model = body.optional_text("model", 1, model_name_max).value_or("");
    if (auto read = body.finish(); !read)
        co_return fail(read.error());
    auto turn = co_await services.turns.regenerate(context.asker(), std::move(*message), std::move(model));
    if (!turn)
        co_return fail(turn.error());
    co_return started(*turn);
}

Task<Result<http::Response>> read_turn(Services& services, Context& context)
{
    auto id = context.path_id<TurnId>();
    if (!id)
        co_return fail(id.error());
    auto turn = co_await services.turns.find(context.asker(), std::move(*id));
    if (!turn)
        co_return fail(turn.error());
    co_return json_answer(200, turn_view(*turn));
}

Task<Result<http::Response>> stop_turn(Services& services, Context& context)
{
    auto id = context.path_id<TurnId>();
    if (!id)
        co_return fail(id.error());
    auto turn = co_await services.turns.stop(context.asker(), std::move(*id));
    if (!turn)
        co_return fail(turn.error());
    co_return json_answer(202, turn_view(*turn));
}

Task<Result<http::Response>> continue_turn(Services& services, Context& context)
{
    auto id = context.path_id<TurnId>();
    if (!id)
        co_return fail(id.error());
    auto turn = co_await services.turns.resume(context.asker(), std::move(*id));
    if (!turn)
        co_return fail(turn.error());
    co_return started(*turn);
}

Task<Result<http::Response>> follow_turn(Services& services, Context& context)
{
    auto id = context.path_id<TurnId>();
    if (!id)
        co_return fail(id.error());
    const Executor executor = co_await asio::this_coro::executor;
    auto follower = co_await services.turns.follow(
        context.asker(), std::move(*id), std::string(context.request.header("Last-Event-ID")), executor);
    if (!follower)
        co_return fail(follower.error());
    http::Response response;
    response.headers.add("Content-Type", "text/event-stream");
    response.headers.add("Cache-Control", "no-store");
    response.headers.add("X-Accel-Buffering", "no"); // nginx would hold tokens back
    response.source =
        std::make_shared<TurnStream>(services.streams, executor, context.principal, std::move(*follower), context.locale);
    co_return response;
}

} // namespace siyu::api
