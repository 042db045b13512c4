#pragma once

#include "core/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace siyu::llm {

enum class ChatRole { system, user, assistant };

struct ChatMessage {
    ChatRole role = ChatRole::user;
    std::string text;
};

/// What a model is asked, whoever its provider is.
struct ChatRequest {
    std::vector<ChatMessage> messages;
    std::optional<double> temperature;
    std::optional<double> top_p;
    std::optional<std::int64_t> max_tokens;
    std::optional<std::int64_t> seed;
};

struct TokenUsage {
    std::int64_t prompt_tokens = 0;
    std::int64_t completion_tokens = 0;
};

/// One piece of a tool call; pieces of the same `index` belong together.
struct ToolCallDelta {
    std::int64_t index = 0;
    std::string id;
    std::string name;
    std::string arguments;
};

/// What a piece of the stream brought.
struct ChatDelta {
    std::string text;
    std::string reasoning;
    std::vector<ToolCallDelta> tool_calls;
    std::string finish_reason; ///< set once, near the end
    std::optional<TokenUsage> usage;

    bool has_content() const { return !text.empty() || !reasoning.empty() || !tool_calls.empty(); }
};

} // namespace siyu::llm
