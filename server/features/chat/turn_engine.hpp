#pragma once

#include "features/chat/chat.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace siyu::chat {

/// Everything that one attempt of a turn needs. Its start is recorded already.
struct TurnJob {
    Asker asker;
    std::unique_ptr<inference::Call> call;
    storage::Conversation conversation;
    storage::Turn turn;
    storage::Message answer; ///< as stored; its content is what earlier attempts left
    std::string question; ///< its text, for a title
    bool is_first_question = false;
};

/// Who wants a turn to end.
enum class StopReason { none, person, shutdown };

/// A turn that runs, as other threads see it.
class RunningTurn {
public:
    RunningTurn(TurnId id, ConversationId conversation, Executor executor)
        : id(std::move(id)), conversation(std::move(conversation)), executor(executor), abort(std::make_shared<http::Abort>())
    {
    }

    /// The first reason stays. Thread-safe.
    void stop(StopReason reason);
    StopReason stop_reason() const { return reason_; }

    const TurnId id;
    const ConversationId conversation;
    const Executor executor;
    const std::shared_ptr<http::Abort> abort; ///< on the turn's thread

private:
    std::atomic<StopReason> reason_ = StopReason::none;
};

/// Runs turns: each on one thread from its start to its end, whoever follows. Thread-safe.
class TurnEngine {
public:
    explicit TurnEngine(const Services& services);
    ~TurnEngine();

    /// Leave for one more turn of a conversation; letting it go gives it back.
    class Place {
    public:
        Place(TurnEngine& engine, ConversationId conversation) : engine_(&engine), conversation_(std::move(conversation)) { }
        Place(Place&& other) noexcept : engine_(std::exchange(other.engine_, nullptr)), conversation_(other.conversation_) { }
        Place& operator=(Place&&) = delete;
        ~Place()
        {
            if (engine_)
                engine_->leave(conversation_);
        }

    private:
        TurnEngine* engine_;
        ConversationId conversation_;
    };
    /// Errc::rate_limited "too_many_turns", unavailable "shutting_down".
    Result<Place> enter(const ConversationId& conversation);

    /// Returns at once; the turn's log is there when it does.
    void run(TurnJob job, Place place);
    /// False when it does not run here.
    bool stop(const TurnId& turn);
    /// Stops a conversation's turns and waits (not for ever) until they have ended.
    Task<> stop_all_of(ConversationId conversation);

    /// Ends everything as interrupted and waits for it.
    Task<> shut_down();
    bool is_shutting_down() const { return is_shutting_down_; }

private:
    struct Lane;
    Task<> run_on_lane(
        Lane& lane, TurnJob job, std::shared_ptr<RunningTurn> running, std::shared_ptr<events::TurnLog> log, Place place);
    void leave(const ConversationId& conversation);

    const Services& services_;
    std::atomic<bool> is_shutting_down_ = false;
    std::atomic<std::size_t> posted_ = 0; ///< turns on their way to their lane
    std::mutex mutex_;
    std::unordered_map<TurnId, std::shared_ptr<RunningTurn>> running_; // under the mutex
    std::unordered_map<ConversationId, std::size_t> places_; // under the mutex
    std::atomic<std::size_t> next_lane_ = 0;
    std::vector<std::unique_ptr<Lane>> lanes_; // one a thread
};

} // namespace siyu::chat
