#pragma once

#include "features/chat/chat.hpp"
#include "features/chat/turn_engine.hpp"

namespace siyu::chat {

/// Turns on the repositories and the engine.
class TurnService final : public Turns {
public:
    TurnService(const Services& services, TurnEngine& engine) : services_(services), engine_(engine) { }

    Task<Result<TurnStarted>> start(Asker asker, TurnRequest request) override;
    Task<Result<TurnStarted>> regenerate(Asker asker, MessageId message, std::string model) override;
    Task<Result<TurnStarted>> resume(Asker asker, TurnId turn) override;
    Task<Result<storage::Turn>> stop(Asker asker, TurnId turn) override;
    Task<Result<storage::Turn>> find(Asker asker, TurnId turn) override;
    Task<Result<std::unique_ptr<events::Follower>>> follow(
        Asker asker, TurnId turn, std::string after, Executor executor) override;

private:
    /// What a new turn answers, and whether the question is new too.
    struct NewTurn {
        Asker asker;
        storage::Conversation conversation;
        storage::Message question;
        std::string model;
        bool is_new_question = false;
    };
    Task<Result<TurnStarted>> begin(NewTurn turn);
    Task<Result<std::optional<TurnStarted>>> find_repeat(Asker asker, TurnRequest request);
    Task<Result<std::optional<MessageId>>> parent_of(Asker asker, TurnRequest request);
    Task<Result<TurnStarted>> answer_again(Asker asker, storage::Message question, std::string model);
    Task<Result<std::shared_ptr<events::TurnLog>>> stored_log(Scope scope, storage::Turn turn);

    const Services& services_;
    TurnEngine& engine_;
};

} // namespace siyu::chat
