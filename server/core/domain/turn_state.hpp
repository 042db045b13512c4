#pragma once

#include <optional>
#include <string_view>

namespace siyu {

/// Where a turn, and the message it writes, stands. All but `running` are final; `continue` starts another attempt.
enum class TurnState { running, done, stopped, failed, interrupted };

std::string_view to_string(TurnState state);
std::optional<TurnState> parse_turn_state(std::string_view text);

} // namespace siyu
