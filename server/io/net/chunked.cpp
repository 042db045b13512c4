#include "io/net/chunked.hpp"

#include "io/net/field.hpp"
#include "io/net/http_message.hpp"

#include <charconv>

namespace siyu::http {

ChunkedReader::Step ChunkedReader::feed(std::string_view bytes, std::string& body)
{
    std::size_t consumed = 0;
    while (consumed < bytes.size()) {
        if (part_ == Part::data) {
            const auto piece = bytes.substr(consumed, std::min<std::uint64_t>(chunk_, bytes.size() - consumed));
            body += piece;
            consumed += piece.size();
            chunk_ -= piece.size();
            if (chunk_ == 0)
                part_ = Part::data_end;
            continue;
        }
        const auto bytes_max = part_ == Part::data_end ? 0 : part_ == Part::size ? size_line_bytes_max : trailer_bytes_max;
        const auto step = lines_.next(bytes.substr(consumed), bytes_max);
        consumed += step.consumed;
        if (step.status == LineReader::Status::more)
            break;
        if (step.status != LineReader::Status::line)
            return {Status::bad, consumed};
        if (const auto status = take_line(step.line); status != Status::more)
            return {status, consumed};
    }
    return {Status::more, consumed};
}

ChunkedReader::Status ChunkedReader::take_line(std::string_view line)
{
    if (part_ == Part::data_end) {
        part_ = Part::size; // the line is empty: its limit was zero
        return Status::more;
    }
    if (part_ == Part::size)
        return take_size(line);
    if (line.empty())
        return Status::done;
    trailer_bytes_ += line.size();
    Headers dropped;
    if (++trailers_ > trailers_max || trailer_bytes_ > trailer_bytes_max || !add_field(line, dropped))
        return Status::bad;
    return Status::more;
}

ChunkedReader::Status ChunkedReader::take_size(std::string_view line)
{
    std::uint64_t size = 0;
    const auto [end, failure] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    if (failure == std::errc::result_out_of_range)
        return Status::too_large;
    if (failure != std::errc())
        return Status::bad;
    const auto extension = line.substr(static_cast<std::size_t>(end - line.data()));
    extension_bytes_ += extension.size();
    if ((!extension.empty() && extension.front() != ';') || extension_bytes_ > extension_bytes_max)
        return Status::bad;
    if (size > left_)
        return Status::too_large;
    left_ -= size;
    chunk_ = size;
    part_ = size == 0 ? Part::trailer : Part::data;
    return Status::more;
}

} // namespace siyu::http
