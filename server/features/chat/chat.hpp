#pragma once

#include "core/async/threads.hpp"
#include "features/chat/conversations.hpp"
#include "features/chat/turns.hpp"
#include "models/inference/inference.hpp"
#include "state/events/turn_logs.hpp"
#include "state/storage/storage.hpp"

#include <functional>
#include <memory>
#include <string>

namespace siyu::chat {

/// A conversation has got a title: its owner's pages want to know. Called from any of the server's threads.
using OnTitle = std::function<void(UserId user, ConversationId conversation, std::string title)>;

/// All that chat is made of. Everything that the references name outlives it.
struct Services {
    storage::Journal& journal;
    storage::Repositories& repositories;
    inference::Inference& inference;
    events::TurnLogs& logs;
    async::Threads& threads;
    const Clock& clock;
    observe::Log& log;
    observe::Metrics& metrics;
    TenantId tenant;
    std::string node;
    OnTitle on_title;
    async::TaskGroup::Report report;
};

/// Conversations and turns as one part of the server. Before it serves, `recover` is awaited; before it goes, `stop`.
class Chat {
public:
    virtual ~Chat() = default;
    virtual Conversations& conversations() = 0;
    virtual Turns& turns() = 0;
    /// Marks what a crash left running as interrupted, with the text that was stored.
    virtual Task<Result<void>> recover() = 0;
    /// Takes no new turns; ends the running ones as interrupted, with their text stored. On any of the server's threads.
    virtual Task<> stop() = 0;
};

std::unique_ptr<Chat> make_chat(Services services);

} // namespace siyu::chat
