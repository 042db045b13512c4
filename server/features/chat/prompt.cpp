#include "features/chat/prompt.hpp"

#include "features/chat/text_count.hpp"

#include <algorithm>
#include <unordered_map>

namespace siyu::chat {

namespace {

constexpr std::int64_t tokens_around_message = 8; // what a chat template adds
constexpr std::int64_t tokens_around_prompt = 16;
constexpr std::int64_t answer_share = 4; // of the window at least a quarter is left for the answer

std::int64_t cost(const llm::ChatMessage& message)
{
    return token_estimate(message.text) + tokens_around_message;
}

/// From the root to the question.
std::vector<llm::ChatMessage> path_to(const std::vector<storage::Message>& messages, const MessageId& question)
{
    std::unordered_map<MessageId, const storage::Message*> by_id;
    for (const auto& message : messages)
        by_id.emplace(message.id, &message);
    std::vector<llm::ChatMessage> path;
    for (auto at = by_id.find(question); at != by_id.end();) {
        const auto& message = *at->second;
        const auto role = message.author == storage::Author::user ? llm::ChatRole::user : llm::ChatRole::assistant;
        if (!message.content.text.empty())
            path.push_back({role, message.content.text});
        const auto parent = message.parent;
        by_id.erase(at); // a broken tree must not go round
        at = parent ? by_id.find(*parent) : by_id.end();
    }
    std::ranges::reverse(path);
    return path;
}

void join_neighbours(std::vector<llm::ChatMessage>& path)
{
    std::vector<llm::ChatMessage> joined;
    for (auto& message : path) {
        if (!joined.empty() && joined.back().role == message.role)
            joined.back().text += "\n\n" + message.text;
        else
            joined.push_back(std::move(message));
    }
    path = std::move(joined);
}

/// How many of the oldest messages have to go; whole exchanges, so that the rest begins with a question.
std::size_t too_old(const std::vector<llm::ChatMessage>& path, std::int64_t budget)
{
    std::int64_t total = 0;
    std::size_t first = path.size() - 1; // the question is in any case
    total = cost(path.back());
    while (first > 0 && total + cost(path[first - 1]) <= budget)
        total += cost(path[--first]);
    while (first < path.size() - 1 && path[first].role != llm::ChatRole::user)
        ++first;
    return first;
}

} // namespace

Result<std::vector<llm::ChatMessage>> assemble_prompt(PromptParts parts)
{
    auto path = path_to(parts.messages, parts.question);
    if (path.empty())
        return fail(Errc::not_found, "the question is gone");
    join_neighbours(path);
    std::vector<llm::ChatMessage> prompt;
    if (!parts.system_prompt.empty())
        prompt.push_back({llm::ChatRole::system, std::move(parts.system_prompt)});
    if (parts.context_window) {
        const auto window = *parts.context_window;
        const auto reserved = std::min(parts.max_tokens.value_or(window / answer_share), window / answer_share);
        auto budget = window - reserved - tokens_around_prompt - token_estimate(parts.begun_answer);
        if (!prompt.empty())
            budget -= cost(prompt.front());
        if (cost(path.back()) > budget)
            return fail(Errc::too_large, std::to_string(window - budget + cost(path.back())) + "/" + std::to_string(window),
                "prompt_too_long");
        path.erase(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(too_old(path, budget)));
    }
    std::ranges::move(path, std::back_inserter(prompt));
    if (!parts.begun_answer.empty())
        prompt.push_back({llm::ChatRole::assistant, std::move(parts.begun_answer)});
    return prompt;
}

} // namespace siyu::chat
