#pragma once

#include "core/async/blocking_pool.hpp"
#include "state/storage/conversation_keys.hpp"
#include "state/storage/repositories.hpp"

namespace siyu::storage {

/// Opens and scans the caller's titles and messages, newest first, a page at a time on the blocking pool, until there are
/// `limit` hits or the bounds of limits.hpp are reached. An index would tell about the text what sealing hides.
Task<Result<std::vector<SearchHit>>> search_messages(db::Database& database, ConversationKeys& keys, async::BlockingPool& pool,
    Scope scope, std::string needle, std::int64_t limit);

/// The text around the hit, cut between code points, with an ellipsis where it was cut.
std::string snippet_of(std::string_view text, std::size_t at, std::size_t length);

} // namespace siyu::storage
