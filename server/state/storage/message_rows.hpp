#pragma once

// What a row of `messages` holds, between sealed and opened.

#include "core/crypto/sealing.hpp"
#include "io/db/database.hpp"
#include "state/storage/records.hpp"

namespace siyu::storage {

inline ConversationId conversation_of_message(const db::Row& row)
{
    return ConversationId{row.text(1)};
}

/// Columns as sql/messages.hpp selects them.
Result<Message> open_message(const crypto::SealingKey& key, const TenantId& tenant, const db::Row& row);

Result<Bytes> seal_message(const crypto::SealingKey& key, const TenantId& tenant, const Message& message);

std::string to_text(Author author);

} // namespace siyu::storage
