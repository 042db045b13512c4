#pragma once

#include "state/storage/journal.hpp"
#include "state/storage/records.hpp"

namespace siyu::storage {

// Reads are tasks; writes are `Change`s for a Commit, so that nothing is stored without its audit events. Reads answer
// Errc::not_found for what is absent or another's, corrupt for what cannot be unsealed. All objects are thread-safe.

class Users {
public:
    virtual ~Users() = default;
    virtual Task<Result<User>> find(TenantId tenant, UserId id) = 0;
    virtual Task<Result<User>> find_by_name(TenantId tenant, std::string name) = 0;
    /// By name, at most `limit`, names after `after`.
    virtual Task<Result<std::vector<User>>> list(TenantId tenant, std::string after, std::int64_t limit) = 0;
    virtual Task<Result<std::int64_t>> count(TenantId tenant) = 0;
    /// Whether anybody, in whatever state, holds one of the three administrator roles.
    virtual Task<Result<bool>> has_administrator(TenantId tenant) = 0;

    // Conditions, for a Commit that must not pass without them: each touches one row (and says so in `must_change`) when it
    // holds at its place in the Commit, else none, which makes the Commit a conflict.
    virtual Change demand_no_administrator(TenantId tenant) = 0;
    /// At least one active user holds `role`.
    virtual Change demand_active_holder(TenantId tenant, Role role) = 0;

    /// Conflict when the name (without regard to case) is taken.
    virtual std::vector<Change> insert(TenantId tenant, const User& user) = 0;
    virtual Change update_profile(TenantId tenant, UserId id, std::string display_name, std::string locale) = 0;
    virtual Change set_password(TenantId tenant, UserId id, std::string password_hash) = 0;
    virtual Change set_state(TenantId tenant, UserId id, UserState state) = 0;
    virtual Change set_sign_in_record(TenantId tenant, UserId id, std::int64_t failed, std::optional<Time> locked_until,
        std::optional<Time> last_sign_in_at) = 0;
    virtual std::vector<Change> replace_roles(TenantId tenant, UserId id, std::vector<Role> roles, Time now) = 0;
};

class Sessions {
public:
    virtual ~Sessions() = default;
    /// Not revoked, not expired, with their users' ids; for the snapshot that authentication uses.
    virtual Task<Result<std::vector<Session>>> list_live(TenantId tenant, Time now) = 0;
    virtual Task<Result<std::vector<Session>>> list(Scope scope, Time now) = 0;
    virtual Task<Result<Session>> find_by_token(TenantId tenant, Bytes token_hash) = 0;

    virtual Change insert(TenantId tenant, const Session& session) = 0;
    virtual Change touch(TenantId tenant, SessionId id, Time last_seen_at) = 0;
    /// Conflict when it is not the user's, or revoked already.
    virtual Change revoke(Scope scope, SessionId id, Time now) = 0;
    /// All of a user's; `except` stays.
    virtual Change revoke_all(TenantId tenant, UserId user, std::optional<SessionId> except, Time now) = 0;
};

class ApiKeys {
public:
    virtual ~ApiKeys() = default;
    virtual Task<Result<std::vector<ApiKey>>> list_live(TenantId tenant, Time now) = 0;
    virtual Task<Result<std::vector<ApiKey>>> list(Scope scope) = 0;

    virtual Change insert(TenantId tenant, const ApiKey& key) = 0;
    virtual Change revoke(Scope scope, ApiKeyId id, Time now) = 0;
    virtual Change revoke_all(TenantId tenant, UserId user, Time now) = 0;
    virtual Change touch(TenantId tenant, ApiKeyId id, Time last_used_at) = 0;
};

struct ConversationPage {
    std::vector<Conversation> items;
    std::string next_cursor; ///< empty at the end
};

class Conversations {
public:
    virtual ~Conversations() = default;
    virtual Task<Result<Conversation>> find(Scope scope, ConversationId id) = 0;
    /// Pinned first, then newest change first. Errc::invalid for a cursor that this did not make.
    virtual Task<Result<ConversationPage>> list(Scope scope, bool archived, std::string cursor, std::int64_t limit) = 0;

    /// Makes the conversation's key, too.
    virtual Result<Change> insert(Scope scope, const Conversation& conversation) = 0;
    /// Every editable field, as it now is; the row must exist and be the caller's. Async: it needs the conversation's key.
    virtual Task<Result<Change>> update(Scope scope, Conversation conversation) = 0;
    virtual Change touch(Scope scope, ConversationId id, Time updated_at) = 0;
    /// With messages, turns, chunks and key.
    virtual std::vector<Change> erase(Scope scope, ConversationId id) = 0;
};

struct SearchHit {
    ConversationId conversation;
    std::optional<MessageId> message; ///< absent: the title matched
    std::optional<std::string> title;
    std::string snippet;
    Time created_at;
};

class Messages {
public:
    virtual ~Messages() = default;
    /// Errc::not_found when the conversation is not the caller's.
    virtual Task<Result<std::vector<Message>>> list(Scope scope, ConversationId conversation) = 0;
    virtual Task<Result<Message>> find(Scope scope, MessageId id) = 0;
    /// Decrypts and scans titles and messages of the caller, newest first, case folded for ASCII.
    virtual Task<Result<std::vector<SearchHit>>> search(Scope scope, std::string needle, std::int64_t limit) = 0;

    /// Async: it needs the conversation's key. Conflict when the id exists.
    virtual Task<Result<Change>> insert(Scope scope, Message message) = 0;
    /// Content, state, revision (one more than stored) and meta.
    virtual Task<Result<Change>> update(Scope scope, Message message) = 0;
};

class Turns {
public:
    virtual ~Turns() = default;
    virtual Task<Result<Turn>> find(Scope scope, TurnId id) = 0;
    virtual Task<Result<Turn>> find_by_question(Scope scope, MessageId question) = 0; ///< its first turn
    virtual Task<Result<std::vector<TurnChunk>>> chunks(Scope scope, TurnId id, std::int64_t attempt) = 0;
    /// Turns that say `running` on this node: at the start, what a crash left.
    virtual Task<Result<std::vector<Turn>>> list_running(TenantId tenant, std::string node) = 0;

    virtual Change insert(TenantId tenant, const Turn& turn) = 0;
    /// From `running` of this attempt only, else conflict.
    virtual Change end(TenantId tenant, TurnId id, std::int64_t attempt, TurnState state, Time now) = 0;
    /// From a state that is not running to attempt + 1, running.
    virtual Change restart(TenantId tenant, TurnId id, std::int64_t new_attempt, std::string node, Time now) = 0;
    virtual Task<Result<Change>> append_chunk(Scope scope, ConversationId conversation, TurnChunk chunk) = 0;
    /// The message has it all now.
    virtual Change drop_chunks(TenantId tenant, TurnId id) = 0;
};

class UsageLedger {
public:
    virtual ~UsageLedger() = default;
    virtual Change insert(TenantId tenant, const Usage& usage) = 0;
};

} // namespace siyu::storage
