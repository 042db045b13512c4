#pragma once

#include "models/inference/records.hpp"
#include "state/storage/repositories.hpp"

#include <optional>
#include <string>
#include <vector>

namespace siyu::chat {

using inference::Asker;

/// What may be changed of a conversation. Absent: as it is; an inner nullopt takes the value away.
struct ConversationPatch {
    std::optional<std::string> title;
    std::optional<bool> pinned;
    std::optional<bool> archived;
    std::optional<std::optional<std::string>> model;
    std::optional<std::optional<std::string>> system_prompt;
    std::optional<boost::json::object> parameters; ///< temperature, top_p, max_tokens, seed
};

/// The caller's own conversations. Every method writes its audit event: changes in the Commit of their rows, reads within a
/// second. Errc::not_found for what is absent or another's, invalid with the field for what the contract does not admit.
/// Thread-safe.
class Conversations {
public:
    virtual ~Conversations() = default;
    virtual Task<Result<storage::Conversation>> create(Asker asker, ConversationPatch fields) = 0;
    virtual Task<Result<storage::ConversationPage>> list(
        Asker asker, bool archived, std::string cursor, std::int64_t limit) = 0;
    virtual Task<Result<storage::Conversation>> find(Asker asker, ConversationId id) = 0;
    virtual Task<Result<storage::Conversation>> update(Asker asker, ConversationId id, ConversationPatch patch) = 0;
    /// Its running turns are stopped first.
    virtual Task<Result<void>> erase(Asker asker, ConversationId id) = 0;
    /// The whole tree, parents before children.
    virtual Task<Result<std::vector<storage::Message>>> messages(Asker asker, ConversationId id) = 0;
    virtual Task<Result<std::vector<storage::SearchHit>>> search(Asker asker, std::string needle, std::int64_t limit) = 0;
};

} // namespace siyu::chat
