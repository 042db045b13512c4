#pragma once

#include "models/inference/records.hpp"
#include "state/events/turn_log.hpp"
#include "state/storage/repositories.hpp"

#include <memory>
#include <optional>
#include <string>

namespace siyu::chat {

using inference::Asker;

struct TurnRequest {
    ConversationId conversation;
    std::string prompt;
    std::string model; ///< empty: the conversation's, else the default
    std::optional<MessageId> message_id; ///< the client's id for the question: a repeat returns the same turn
    /// Absent: the newest message. An inner nullopt: the first of the conversation (or of another branch).
    std::optional<std::optional<MessageId>> parent;
};

struct TurnStarted {
    TurnId turn;
    MessageId question;
    MessageId answer;
};

/// Questions and their answers. A turn belongs to the server: it ends when the model has finished or somebody stops it, whoever
/// follows. Every method writes its audit event. Errc::not_found for what is absent or another's. Thread-safe.
class Turns {
public:
    virtual ~Turns() = default;
    /// Returns when question, turn and *started* are durable. Errc::rate_limited "too_many_turns", invalid with the field,
    /// conflict "message_id_taken", and what Inference::admit answers.
    virtual Task<Result<TurnStarted>> start(Asker asker, TurnRequest request) = 0;
    /// Another answer to the question `message` is, or answers.
    virtual Task<Result<TurnStarted>> regenerate(Asker asker, MessageId message, std::string model) = 0;
    /// The next attempt of a turn that did not finish: in the same message where the model server can take it up, else as
    /// another answer. Errc::conflict "turn_not_continuable" when it runs or is done.
    virtual Task<Result<TurnStarted>> resume(Asker asker, TurnId turn) = 0;
    /// Harmless when it has ended. Returns the turn as it is then: mostly still running, for the end is stored first.
    virtual Task<Result<storage::Turn>> stop(Asker asker, TurnId turn) = 0;
    virtual Task<Result<storage::Turn>> find(Asker asker, TurnId turn) = 0;
    /// A reader for the thread that `executor` runs. `after` is a position as the client knows it; empty, or one that is not
    /// known: from the beginning, or a reset.
    virtual Task<Result<std::unique_ptr<events::Follower>>> follow(
        Asker asker, TurnId turn, std::string after, Executor executor) = 0;
};

} // namespace siyu::chat
