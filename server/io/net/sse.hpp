#pragma once

#include "core/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace siyu::http {

/// One event of a text/event-stream (WHATWG HTML, 9.2).
struct SseEvent {
    std::string event; ///< empty: "message"
    std::string id;
    std::string data;
};

/// The event as bytes; line ends in `data` become `data:` lines. `event` and `id` are single lines.
std::string encode(const SseEvent& event);

/// ": text", which readers skip: keeps a quiet stream alive.
std::string encode_comment(std::string_view text);

struct SseLimits {
    std::size_t line_bytes_max = 1024 * 1024;
    std::size_t event_bytes_max = 4 * 1024 * 1024;
};

/// Reads a stream of events, however it is cut. An event that the stream's end leaves unfinished is not one.
class SseDecoder {
public:
    explicit SseDecoder(SseLimits limits = {}) : limits_(limits) { }

    /// Appends the events that `bytes` complete. Errc::too_large beyond the limits; the decoder is of no use afterwards.
    Result<void> feed(std::string_view bytes, std::vector<SseEvent>& events);

private:
    void take_line(std::string_view line, std::vector<SseEvent>& events);

    SseLimits limits_;
    std::string line_; ///< begun, its end not yet seen
    SseEvent event_; ///< `id` stays from event to event
    bool has_data_ = false;
    bool at_start_ = true;
    bool after_cr_ = false;
};

} // namespace siyu::http
