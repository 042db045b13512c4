#include "features/chat/chat.hpp"

#include "features/chat/conversation_service.hpp"
#include "features/chat/recovery.hpp"
#include "features/chat/turn_service.hpp"

namespace siyu::chat {

namespace {

class WholeChat final : public Chat {
public:
    explicit WholeChat(Services services)
        : services_(std::move(services)), engine_(services_), conversations_(services_, engine_), turns_(services_, engine_)
    {
    }

    Conversations& conversations() override { return conversations_; }
    Turns& turns() override { return turns_; }
    Task<Result<void>> recover() override { co_return co_await recover_turns(services_); }
    Task<> stop() override { co_await engine_.shut_down(); }

private:
    const Services services_;
    TurnEngine engine_;
    ConversationService conversations_;
    TurnService turns_;
};

} // namespace

std::unique_ptr<Chat> make_chat(Services services)
{
    return std::make_unique<WholeChat>(std::move(services));
}

} // namespace siyu::chat
