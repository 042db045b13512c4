#include "state/events/event.hpp"

#include <boost/json/serialize.hpp>

#include <charconv>

namespace siyu::events {

namespace {

std::string_view name_of(EventKind kind)
{
    switch (kind) {
    case EventKind::delta: return "delta";
    case EventKind::status: return "status";
    case EventKind::reset: return "reset";
    case EventKind::end: return "end";
    }
    return "end";
}

std::string_view name_of(Phase phase)
{
    switch (phase) {
    case Phase::waiting_for_model: return "waiting_for_model";
    case Phase::reading: return "reading";
    case Phase::writing: return "writing";
    }
    return "writing";
}

bool parse_number(std::string_view text, std::int64_t min, std::int64_t& number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number >= min;
}

void add_members(const Event& event, boost::json::object& object)
{
    switch (event.kind) {
    case EventKind::delta:
        if (!event.text.empty())
            object["text"] = event.text;
        if (!event.reasoning.empty())
            object["reasoning"] = event.reasoning;
        break;
    case EventKind::status:
        object["phase"] = name_of(event.phase);
        if (!event.model.empty())
            object["model"] = event.model;
        break;
    case EventKind::reset:
        object["text"] = event.text;
        object["reasoning"] = event.reasoning;
        break;
    case EventKind::end:
        object["state"] = siyu::to_string(event.state);
        if (!event.finish_reason.empty())
            object["finish_reason"] = event.finish_reason;
        if (!event.usage.empty())
            object["usage"] = event.usage;
        if (!event.problem.empty())
            object["problem"] = event.problem;
        break;
    }
}

} // namespace

std::string Position::to_string() const
{
    return turn.text + ":" + std::to_string(attempt) + ":" + std::to_string(seq);
}

Result<Position> Position::parse(std::string_view text)
{
    const auto last = text.rfind(':');
    const auto first = text.find(':');
    Position position;
    if (first == last || !is_uuid(text.substr(0, first))
        || !parse_number(text.substr(first + 1, last - first - 1), 1, position.attempt)
        || !parse_number(text.substr(last + 1), 0, position.seq))
        return fail(Errc::invalid, "a position is turn:attempt:seq", "bad_position");
    position.turn.text = text.substr(0, first);
    return position;
}

boost::json::object Event::to_json() const
{
    boost::json::object object{{"event", name_of(kind)}, {"id", id.to_string()}};
    add_members(*this, object);
    return object;
}

std::string Event::to_sse() const
{
    boost::json::object data;
    add_members(*this, data);
    std::string lines = "id: " + id.to_string() + "\nevent: ";
    lines += name_of(kind);
    lines += "\ndata: ";
    lines += boost::json::serialize(data); // without line ends: JSON escapes them
    lines += "\n\n";
    return lines;
}

} // namespace siyu::events
