#pragma once

#include "models/llm/chat.hpp"

#include <string>
#include <string_view>

namespace siyu::llm::openai {

inline constexpr std::string_view chat_target = "/v1/chat/completions";

/// The body of a streaming chat completion that asks for usage.
std::string write_chat_request(const ChatRequest& request, std::string_view model);

} // namespace siyu::llm::openai
