#include "core/domain/turn_state.hpp"

namespace siyu {

std::string_view to_string(TurnState state)
{
    switch (state) {
    case TurnState::running: return "running";
    case TurnState::done: return "done";
    case TurnState::stopped: return "stopped";
    case TurnState::failed: return "failed";
    case TurnState::interrupted: return "interrupted";
    }
    return "failed";
}

std::optional<TurnState> parse_turn_state(std::string_view text)
{
    for (const auto state :
        {TurnState::running, TurnState::done, TurnState::stopped, TurnState::failed, TurnState::interrupted})
        if (to_string(state) == text)
            return state;
    return std::nullopt;
}

} // namespace siyu
