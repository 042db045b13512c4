#pragma once

#include "core/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace siyu::inference {

/// What the gateway has to know of a chat completion request. Nothing is changed or copied but the model's name.
struct ChatInspection {
    std::string model;
    std::size_t model_begin = 0; ///< where the value of "model" stands in the body, with its quotes
    std::size_t model_end = 0;
    bool is_stream = false;
};

/// Reads the whole body once, so that the model server cannot take it differently: refuses duplicate names at any depth,
/// invalid UTF-8, lone surrogates, nesting beyond 64, what is no object, and a missing or wrongly typed "model", "stream",
/// "stream_options" or "messages". Errc::invalid with reason ("bad_json", "duplicate_key", "too_deep", "not_an_object",
/// "missing_field", "wrong_type") and field. May enlarge the body's capacity, never its content.
Result<ChatInspection> inspect_chat_request(std::string& body);

/// The body with another name in the model's place.
std::string splice_model(std::string_view body, const ChatInspection& inspection, std::string_view model);

} // namespace siyu::inference
