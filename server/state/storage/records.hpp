#pragma once

#include "core/base/bytes.hpp"
#include "core/domain/ids.hpp"
#include "core/domain/level.hpp"
#include "core/domain/principal.hpp"
#include "core/domain/turn_state.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

namespace siyu::storage {

// What the repositories read and write, opened: sealing happens beneath them.

enum class UserState { active, disabled };

struct User {
    UserId id;
    std::string name;
    std::string display_name;
    std::string locale; ///< empty: as the request asks
    UserState state = UserState::active;
    std::string password_hash; ///< PHC string; empty: this account has no local password
    std::vector<Role> roles;
    std::int64_t failed_sign_ins = 0;
    std::optional<Time> locked_until;
    std::optional<Time> last_sign_in_at;
    Time created_at;
};

struct Session {
    SessionId id;
    UserId user;
    Bytes token_hash; ///< SHA-256 of the cookie's value
    std::string csrf_token;
    std::string client; ///< from User-Agent
    Time created_at;
    Time last_seen_at;
    Time expires_at;
    std::optional<Time> revoked_at;
};

struct ApiKey {
    ApiKeyId id;
    UserId user;
    std::string name;
    std::string prefix;
    Bytes key_hash; ///< SHA-256 of the key
    Time created_at;
    Time expires_at;
    std::optional<Time> last_used_at;
    std::optional<Time> revoked_at;
};

struct Conversation {
    ConversationId id;
    UserId owner;
    std::optional<std::string> title; ///< sealed
    std::optional<std::string> system_prompt; ///< sealed
    std::optional<std::string> model;
    boost::json::object parameters;
    Level level = default_level;
    bool is_pinned = false;
    bool is_archived = false;
    Time created_at;
    Time updated_at;
};

enum class Author { user, assistant };

/// What a message says. Stored sealed as {"v":1,"parts":[…]}; parts that this version does not know are kept.
struct Content {
    std::string text;
    std::string reasoning;
    std::vector<boost::json::value> unknown_parts;
};

struct Message {
    MessageId id;
    ConversationId conversation;
    std::optional<MessageId> parent;
    Author author = Author::user;
    Content content; ///< sealed
    Level level = default_level; ///< the conversation's, when this was written
    TurnState state = TurnState::done;
    std::optional<TurnId> turn;
    std::int64_t revision = 1;
    boost::json::object meta; ///< model, usage, finish_reason, timings, problem code: never content
    Time created_at;
};

struct Turn {
    TurnId id;
    ConversationId conversation;
    UserId owner;
    MessageId question;
    MessageId answer;
    std::string model;
    TurnState state = TurnState::running;
    std::int64_t attempt = 1;
    std::string node;
    Time started_at;
    std::optional<Time> ended_at;
};

/// A piece of a running answer, as stored every 250 ms.
struct TurnChunk {
    TurnId turn;
    std::int64_t attempt = 1;
    std::int64_t first_seq = 0;
    std::int64_t last_seq = 0;
    Content content; ///< sealed; what came with these events
    Level level = default_level;
};

struct Usage {
    UserId user;
    std::string credential_id;
    std::string model;
    std::string provider;
    std::int64_t prompt_tokens = 0;
    std::int64_t completion_tokens = 0;
    Time at;
};

} // namespace siyu::storage
