#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace siyu::http {

/// Cuts bytes into lines that end in CRLF. A line feed or carriage return alone, NUL and the other control bytes (but for the
/// tab) are never part of HTTP's framing, and readers differ in what they make of them: such a line is bad.
class LineReader {
public:
    enum class Status { line, more, bad, too_long };
    struct Step {
        Status status = Status::more;
        std::size_t consumed = 0;
        std::string_view line; ///< without its end; good until the next call
    };

    /// `bytes_max` bounds the line without its end.
    Step next(std::string_view bytes, std::size_t bytes_max);
    /// A line has begun.
    bool is_inside() const { return !partial_.empty(); }

private:
    std::string partial_;
    bool is_taken_ = false; // `partial_` is the line that was handed out last
};

} // namespace siyu::http
