#pragma once

// What a row of `conversations` holds, between sealed and opened.

#include "state/storage/conversation_keys.hpp"
#include "state/storage/records.hpp"

namespace siyu::storage {

struct OpenedConversation {
    Conversation conversation;
    std::int64_t revision = 0;
    ConversationKeys::Key key;
};

/// Columns as sql/conversations.hpp selects them.
Result<OpenedConversation> open_conversation(const ConversationKeys& keys, const TenantId& tenant, const db::Row& row);

struct SealedConversation {
    db::Value title;
    db::Value prompt;
};

/// `revision` is the one that the row will have.
SealedConversation seal_conversation(
    const crypto::SealingKey& key, const TenantId& tenant, const Conversation& conversation, std::int64_t revision);

} // namespace siyu::storage
