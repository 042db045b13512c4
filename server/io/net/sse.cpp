#include "io/net/sse.hpp"

#include <utility>

namespace siyu::http {

namespace {

constexpr std::string_view line_ends = "\r\n";

// `field: value`, one line per line of the value.
void add_lines(std::string& out, std::string_view field, std::string_view value)
{
    while (true) {
        const auto end = value.find_first_of(line_ends);
        out.append(field).append(": ").append(value.substr(0, end)).append("\n");
        if (end == std::string_view::npos)
            return;
        value.remove_prefix(end + (value.substr(end).starts_with("\r\n") ? 2 : 1));
    }
}

void add_line(std::string& out, std::string_view field, std::string_view value)
{
    if (!value.empty())
        add_lines(out, field, value.substr(0, value.find_first_of(line_ends)));
}

} // namespace

std::string encode(const SseEvent& event)
{
    std::string out;
    out.reserve(event.data.size() + event.id.size() + event.event.size() + 32);
    add_line(out, "id", event.id);
    add_line(out, "event", event.event);
    add_lines(out, "data", event.data);
    out += '\n';
    return out;
}

std::string encode_comment(std::string_view text)
{
    std::string out;
    add_lines(out, "", text);
    out += '\n';
    return out;
}

Result<void> SseDecoder::feed(std::string_view bytes, std::vector<SseEvent>& events)
{
    while (!bytes.empty()) {
        if (std::exchange(after_cr_, false) && bytes.front() == '\n') {
            bytes.remove_prefix(1);
            continue;
        }
        const auto end = bytes.find_first_of(line_ends);
        const auto piece = bytes.substr(0, end);
        if (line_.size() + piece.size() > limits_.line_bytes_max)
            return fail(Errc::too_large, "a line of the event stream is too long");
        if (end == std::string_view::npos) {
            line_ += piece;
            break;
        }
        after_cr_ = bytes[end] == '\r';
        bytes.remove_prefix(end + 1);
        if (line_.empty()) {
            take_line(piece, events);
        } else {
            line_ += piece;
            take_line(line_, events);
            line_.clear();
        }
        if (event_.data.size() > limits_.event_bytes_max)
            return fail(Errc::too_large, "an event of the stream is too long");
    }
    return {};
}

void SseDecoder::take_line(std::string_view line, std::vector<SseEvent>& events)
{
    if (std::exchange(at_start_, false) && line.starts_with("\xEF\xBB\xBF"))
        line.remove_prefix(3);
    if (line.empty()) {
        if (std::exchange(has_data_, false)) {
            event_.data.pop_back(); // the last line's end
            events.push_back(event_);
        }
        event_.event.clear();
        event_.data.clear();
        return;
    }
    const auto colon = line.find(':');
    const auto name = line.substr(0, colon);
    auto value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
    if (value.starts_with(' '))
        value.remove_prefix(1);
    if (name == "data") {
        event_.data.append(value).append("\n");
        has_data_ = true;
    } else if (name == "event") {
        event_.event = value;
    } else if (name == "id" && !value.contains('\0')) {
        event_.id = value;
    }
}

} // namespace siyu::http
