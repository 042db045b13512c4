#pragma once

#include "features/chat/turn_engine.hpp"

namespace siyu::chat {

/// One attempt of a turn, from the model's first word to the stored end. Lives in a coroutine on the turn's thread.
class TurnRun {
public:
    TurnRun(const Services& services, async::TaskGroup& group, TurnJob job, std::shared_ptr<RunningTurn> running,
        std::shared_ptr<events::TurnLog> log);

    /// Returns when the end is stored and told.
    Task<TurnState> run();
    const std::string& answer_text() const { return job_.answer.content.text; }

private:
    /// How it ended, before it is stored.
    struct Ending {
        TurnState state = TurnState::done;
        boost::json::object problem;
        std::string reason; ///< for the audit log
    };
    struct Storing;

    Task<Ending> converse();
    Task<Result<llm::ChatRequest>> make_request();
    Task<Ending> relay(std::unique_ptr<inference::CallStream> stream);
    Ending ending_of(const Error& error) const;
    void take(llm::ChatDelta delta);
    Task<> store_pending(std::shared_ptr<Storing> storing);
    Task<Result<void>> store_chunk();
    Task<> finish(Ending ending);
    Task<Result<storage::Commit>> end_rows(const Ending& ending);
    boost::json::object meta_of(const Ending& ending) const;
    boost::json::object usage() const;

    const Services& services_;
    async::TaskGroup& group_;
    TurnJob job_;
    std::shared_ptr<RunningTurn> running_;
    std::shared_ptr<events::TurnLog> log_;
    std::shared_ptr<Storing> storing_;

    std::string finish_reason_;
    std::optional<llm::TokenUsage> usage_;
    std::int64_t deltas_ = 0;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    std::optional<std::chrono::steady_clock::time_point> first_token_;
    std::optional<std::chrono::steady_clock::time_point> first_text_;
};

} // namespace siyu::chat
