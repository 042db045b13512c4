#include "models/llm/providers/openai/errors.hpp"

#include "core/base/json.hpp"
#include "core/base/text.hpp"

namespace siyu::llm::openai {

namespace {

struct Words {
    std::string code;
    std::string type;
    std::string message;
    int status = 0; // llama.cpp gives it as a number in `code`
};

std::string text_of(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    return value && value->is_string() ? to_lower(std::string_view(value->get_string())) : std::string();
}

std::optional<Words> read_words(std::string_view body)
{
    const auto value = parse_json(body);
    if (!value || !value->is_object())
        return std::nullopt;
    const auto* error = value->get_object().if_contains("error");
    if (!error)
        return std::nullopt;
    Words words;
    if (error->is_string())
        words.message = to_lower(std::string_view(error->get_string()));
    if (!error->is_object())
        return words;
    words.code = text_of(error->get_object(), "code");
    words.type = text_of(error->get_object(), "type");
    words.message = text_of(error->get_object(), "message");
    if (const auto* code = error->get_object().if_contains("code"); code && code->is_int64())
        words.status = static_cast<int>(code->get_int64());
    return words;
}

bool is_about_context(const Words& words)
{
    return words.code == "context_length_exceeded" || words.type == "exceed_context_size_error"
        || words.message.contains("maximum context length") || words.message.contains("exceeds the available context");
}

Error meaning_of(int status, const Words& words)
{
    const auto detail = "the model server answered " + std::to_string(status);
    if (is_about_context(words))
        return {Errc::upstream, detail, "context_exceeded"};
    switch (status) {
    case 401:
    case 403: return {Errc::upstream, detail, "upstream_auth"};
    case 404: return {Errc::upstream, detail, "upstream_model_not_found"};
    case 408:
    case 504: return {Errc::timeout, detail, "upstream_timeout"};
    case 429: return {Errc::rate_limited, detail, "upstream_rate_limited"};
    case 503:
    case 529: return {Errc::unavailable, detail, words.message.contains("loading") ? "model_loading" : "model_overloaded"};
    default: return {Errc::upstream, detail, status >= 500 ? "upstream_error" : "upstream_refused"};
    }
}

} // namespace

Error read_error(int status, std::string_view body)
{
    return meaning_of(status, read_words(body).value_or(Words{}));
}

std::optional<Error> read_stream_error(std::string_view data)
{
    const auto words = read_words(data);
    if (!words)
        return std::nullopt;
    return meaning_of(words->status != 0 ? words->status : 500, *words);
}

} // namespace siyu::llm::openai
