#include "io/net/line_reader.hpp"

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
        partial_ += bytes;
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
    if (line.size() > bytes_max)
        return {Status::too_long, consumed, {}};
    if (!has_cr || !is_clean(line))
        return {Status::bad, consumed, {}};
    return {Status::line, consumed, line};
}

} // namespace siyu::http
