#include "models/llm/providers/openai/model_list.hpp"

#include "core/base/json.hpp"
#include "models/llm/limits.hpp"

#include <algorithm>

namespace siyu::llm::openai {

namespace {

std::optional<std::int64_t> positive(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    if (!value || !value->is_int64() || value->get_int64() <= 0)
        return std::nullopt;
    return value->get_int64();
}

const json::object* member_object(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    return value ? value->if_object() : nullptr;
}

/// vLLM says `max_model_len`, llama.cpp `meta.n_ctx` (of one slot).
std::optional<std::int64_t> window_of(const json::object& model)
{
    if (auto window = positive(model, "max_model_len"))
        return window;
    const auto* meta = member_object(model, "meta");
    return meta ? positive(*meta, "n_ctx") : std::nullopt;
}

} // namespace

Result<ModelList> read_model_list(std::string_view body)
{
    const auto value = parse_json(body);
    const auto* object = value ? value->if_object() : nullptr;
    const auto* data = object ? object->if_contains("data") : nullptr;
    const auto* models = data ? data->if_array() : nullptr;
    if (!models)
        return fail(Errc::upstream, "Its /v1/models is not a list of models: it does not speak OpenAI's protocol.");
    ModelList list;
    for (const auto& item : *models) {
        const auto* model = item.if_object();
        const auto* id = model ? model->if_contains("id") : nullptr;
        if (!id || !id->is_string() || id->get_string().size() > model_name_bytes_max || list.names.size() >= models_max)
            continue;
        list.names.emplace_back(id->get_string());
        if (const auto* owner = model->if_contains("owned_by"); owner && owner->is_string())
            list.is_llama_cpp |= owner->get_string() == "llamacpp";
        if (const auto window = window_of(*model))
            list.context_window = std::min(*window, list.context_window.value_or(*window));
    }
    if (list.names.empty())
        return fail(Errc::upstream, "It serves no model.");
    return list;
}

Properties read_properties(std::string_view body)
{
    Properties properties;
    const auto value = parse_json(body);
    const auto* object = value ? value->if_object() : nullptr;
    if (!object)
        return properties;
    properties.slots = positive(*object, "total_slots");
    if (const auto* settings = member_object(*object, "default_generation_settings"))
        properties.context_window = positive(*settings, "n_ctx");
    return properties;
}

} // namespace siyu::llm::openai
