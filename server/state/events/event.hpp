#pragma once

#include "core/domain/ids.hpp"
#include "core/domain/turn_state.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace siyu::events {

/// "turn:attempt:seq": the number of an event. The first of an attempt is 1; 0 is before it.
struct Position {
    TurnId turn;
    std::int64_t attempt = 1;
    std::int64_t seq = 0;

    auto operator<=>(const Position&) const = default;
    std::string to_string() const;
    /// Errc::invalid, "bad_position".
    static Result<Position> parse(std::string_view text);
};

enum class EventKind { delta, status, reset, end };
enum class Phase { waiting_for_model, reading, writing };

/// One event of contract/events.schema.json; which members count depends on the kind.
struct Event {
    EventKind kind = EventKind::delta;
    Position id;
    std::string text; ///< delta, reset
    std::string reasoning; ///< delta, reset
    Phase phase = Phase::waiting_for_model; ///< status
    std::string model; ///< status
    TurnState state = TurnState::done; ///< end
    std::string finish_reason; ///< end
    boost::json::object usage; ///< end
    boost::json::object problem; ///< end: {"code":…, "status"?…, numbers}; the API adds the sentence

    std::size_t bytes() const { return text.size() + reasoning.size() + 128; }
    /// With "event" and "id": a WebSocket frame.
    boost::json::object to_json() const;
    /// `id:`, `event:` and `data:` lines and the blank line.
    std::string to_sse() const;
};

} // namespace siyu::events
