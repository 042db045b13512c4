#pragma once

#include "models/llm/chat.hpp"
#include "state/storage/records.hpp"

#include <optional>
#include <string>
#include <vector>

namespace siyu::chat {

/// What a prompt is put together from.
struct PromptParts {
    std::string system_prompt; ///< may be empty
    std::vector<storage::Message> messages; ///< the whole tree
    MessageId question;
    std::string begun_answer; ///< of an earlier attempt, to be continued; may be empty
    std::optional<std::int64_t> context_window;
    std::optional<std::int64_t> max_tokens;
};

/// The path from the root to the question, fitted to the window: the oldest exchanges go first, system prompt and question
/// stay. Neighbours of one role (an answer that failed left nothing) become one message, for templates that insist on turns.
/// Errc:: too_large "prompt_too_long" when the question alone does not fit: `detail` has the numbers, as "tokens/window".
Result<std::vector<llm::ChatMessage>> assemble_prompt(PromptParts parts);

} // namespace siyu::chat
