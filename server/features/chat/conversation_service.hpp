#pragma once

#include "features/chat/chat.hpp"

namespace siyu::chat {

class TurnEngine;

/// Conversations on the repositories.
class ConversationService final : public Conversations {
public:
    ConversationService(const Services& services, TurnEngine& engine) : services_(services), engine_(engine) { }

    Task<Result<storage::Conversation>> create(Asker asker, ConversationPatch fields) override;
    Task<Result<storage::ConversationPage>> list(Asker asker, bool archived, std::string cursor, std::int64_t limit) override;
    Task<Result<storage::Conversation>> find(Asker asker, ConversationId id) override;
    Task<Result<storage::Conversation>> update(Asker asker, ConversationId id, ConversationPatch patch) override;
    Task<Result<void>> erase(Asker asker, ConversationId id) override;
    Task<Result<std::vector<storage::Message>>> messages(Asker asker, ConversationId id) override;
    Task<Result<std::vector<storage::SearchHit>>> search(Asker asker, std::string needle, std::int64_t limit) override;

private:
    const Services& services_;
    TurnEngine& engine_;
};

} // namespace siyu::chat
