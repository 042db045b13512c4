#include "models/llm/providers/openai/chat_request.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace siyu::llm::openai {

namespace {

std::string_view name_of(ChatRole role)
{
    switch (role) {
    case ChatRole::system: return "system";
    case ChatRole::user: return "user";
    case ChatRole::assistant: return "assistant";
    }
    return "user";
}

} // namespace

std::string write_chat_request(const ChatRequest& request, std::string_view model)
{
    boost::json::array messages;
    for (const auto& message : request.messages)
        messages.push_back(boost::json::object{{"role", name_of(message.role)}, {"content", message.text}});
    boost::json::object body{{"model", model}, {"messages", std::move(messages)}, {"stream", true},
        {"stream_options", boost::json::object{{"include_usage", true}}}};
    if (request.temperature)
        body["temperature"] = *request.temperature;
    if (request.top_p)
        body["top_p"] = *request.top_p;
    if (request.max_tokens)
        body["max_tokens"] = *request.max_tokens;
    if (request.seed)
        body["seed"] = *request.seed;
    return boost::json::serialize(body);
}

} // namespace siyu::llm::openai
