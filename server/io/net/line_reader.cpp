#include "io/net/line_reader.hpp"

#include <algorithm>
#include <utility>

namespace siyu::http {

namespace {

bool is_clean(std::string_view line)
{
    for (const unsigned char c : line)
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return false;
    return true;
}

} // namespace

LineReader::Step LineReader::next(std::string_view bytes, std::size_t bytes_max)
{
    if (std::exchange(is_taken_, false))
        partial_.clear();
    const auto feed = bytes.find('\n');
    if (feed == std::string_view::npos) {
        // What can no longer become a good line is refused before its end: a TLS handshake on this port never sends one.
        const auto judged = partial_.empty() ? 0 : partial_.size() - 1; // its last may have been a CR
        partial_ += bytes;
        const auto text =
            std::string_view(partial_).substr(0, std::min(partial_.size() - (partial_.ends_with('\r') ? 1 : 0), bytes_max + 1));
        if (judged < text.size() && !is_clean(text.substr(judged)))
            return {Status::bad, bytes.size(), {}};
        const bool is_long = partial_.size() > bytes_max + 1; // its CR may have come
        return {is_long ? Status::too_long : Status::more, bytes.size(), {}};
    }
    auto line = bytes.substr(0, feed);
    if (!partial_.empty()) {
        line = partial_ += line;
        is_taken_ = true;
    }
    const auto consumed = feed + 1;
    const bool has_cr = !line.empty() && line.back() == '\r';
    if (has_cr)
        line.remove_suffix(1);
    if (!is_clean(line.substr(0, bytes_max + 1))) // the first fault counts, in whatever pieces the line came
        return {Status::bad, consumed, {}};
    if (line.size() > bytes_max)
        return {Status::too_long, consumed, {}};
    if (!has_cr)
        return {Status::bad, consumed, {}};
    return {Status::line, consumed, line};
}

} // namespace siyu::http
