#include "models/llm/providers/openai/stream_reader.hpp"

#include "core/base/json.hpp"
#include "models/llm/providers/openai/errors.hpp"

namespace siyu::llm::openai {

namespace {

std::string text_of(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t number_of(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
}

std::vector<ToolCallDelta> tool_calls_of(const json::object& delta)
{
    std::vector<ToolCallDelta> calls;
    const auto* list = delta.if_contains("tool_calls");
    if (!list || !list->is_array())
        return calls;
    for (const auto& item : list->get_array()) {
        const auto* call = item.if_object();
        if (!call)
            continue;
        ToolCallDelta piece{.index = number_of(*call, "index"), .id = text_of(*call, "id")};
        const auto* function = call->if_contains("function");
        if (const auto* object = function ? function->if_object() : nullptr) {
            piece.name = text_of(*object, "name");
            piece.arguments = text_of(*object, "arguments");
        }
        calls.push_back(std::move(piece));
    }
    return calls;
}

/// The first choice's delta; empty where a chunk has none (the one with the usage).
const json::object* first_choice(const json::object& chunk)
{
    const auto* choices = chunk.if_contains("choices");
    const auto* list = choices ? choices->if_array() : nullptr;
    return list && !list->empty() ? list->front().if_object() : nullptr;
}

} // namespace

Result<std::vector<ChatDelta>> StreamReader::feed(std::string_view bytes)
{
    std::vector<http::SseEvent> events;
    if (auto fed = decoder_.feed(bytes, events); !fed)
        return fail(Errc::upstream, "an event of the stream is too large", "upstream_malformed");
    std::vector<ChatDelta> deltas;
    for (const auto& event : events) {
        if (is_done_)
            break;
        if (event.data == "[DONE]") {
            is_done_ = true;
            break;
        }
        auto delta = read_chunk(event.data);
        if (!delta)
            return fail(delta.error());
        deltas.push_back(std::move(*delta));
    }
    return deltas;
}

Result<ChatDelta> StreamReader::read_chunk(std::string_view data)
{
    const auto value = parse_json(data);
    if (!value || !value->is_object())
        return fail(Errc::upstream, "an event of the stream is not a JSON object", "upstream_malformed");
    const auto& chunk = value->get_object();
    if (const auto* error = chunk.if_contains("error"); error && !error->is_null())
        return fail(read_stream_error(data).value_or(Error(Errc::upstream, {}, "upstream_error")));
    ChatDelta delta;
    if (const auto* usage = chunk.if_contains("usage"); usage && usage->is_object())
        delta.usage =
            TokenUsage{number_of(usage->get_object(), "prompt_tokens"), number_of(usage->get_object(), "completion_tokens")};
    const auto* choice = first_choice(chunk);
    if (!choice)
        return delta;
    if (const auto* inner = choice->if_contains("delta"); inner && inner->is_object()) {
        const auto& object = inner->get_object();
        delta.reasoning = text_of(object, "reasoning_content");
        if (delta.reasoning.empty()) // its other name
            delta.reasoning = text_of(object, "reasoning");
        auto parts = splitter_.feed(text_of(object, "content"));
        delta.reasoning += parts.reasoning;
        delta.text = std::move(parts.text);
        delta.tool_calls = tool_calls_of(object);
    }
    delta.finish_reason = text_of(*choice, "finish_reason");
    has_finish_reason_ |= !delta.finish_reason.empty();
    return delta;
}

Result<ChatDelta> StreamReader::finish()
{
    if (!is_done_ && !has_finish_reason_)
        return fail(Errc::upstream, "the stream ended in the middle", "upstream_cut");
    auto parts = splitter_.finish();
    return ChatDelta{.text = std::move(parts.text), .reasoning = std::move(parts.reasoning)};
}

} // namespace siyu::llm::openai
