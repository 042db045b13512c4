#include "io/net/response_check.hpp"

#include "io/net/field.hpp"

namespace siyu::http {

ResponseHeadReader::Step ResponseHeadReader::feed(std::string_view bytes)
{
    std::size_t consumed = 0;
    while (consumed < bytes.size()) {
        const auto bytes_left = limits_.bytes_max - std::min(bytes_, limits_.bytes_max);
        const auto step = lines_.next(bytes.substr(consumed), bytes_left);
        consumed += step.consumed;
        if (step.status == LineReader::Status::more)
            break;
        if (step.status != LineReader::Status::line)
            return {Status::refused, consumed};
        bytes_ += step.line.size() + 2;
        if (const auto status = take_line(step.line); status != Status::more)
            return {status, consumed};
    }
    return {Status::more, consumed};
}

ResponseHeadReader::Status ResponseHeadReader::take_line(std::string_view line)
{
    if (!has_status_line_) {
        has_status_line_ = true;
        return take_status_line(line) ? Status::more : Status::refused;
    }
    if (!line.empty()) {
        const bool is_taken = head_.headers.fields().size() < limits_.fields_max && add_field(line, head_.headers);
        return is_taken ? Status::more : Status::refused;
    }
    if (head_.status >= 200)
        return finish() ? Status::done : Status::refused;
    if (head_.status == 101)
        return Status::refused;
    head_ = {};
    has_status_line_ = false;
    return Status::more;
}

// status-line = "HTTP/1." ( "0" / "1" ) SP 3DIGIT [ SP reason ]; many leave out the blank before an empty reason.
bool ResponseHeadReader::take_status_line(std::string_view line)
{
    if (line.size() < 12 || !line.starts_with("HTTP/1.") || (line[7] != '0' && line[7] != '1') || line[8] != ' ')
        return false;
    if (line.size() > 12 && line[12] != ' ')
        return false;
    int status = 0;
    for (const char c : line.substr(9, 3)) {
        if (c < '0' || c > '9')
            return false;
        status = status * 10 + (c - '0');
    }
    minor_version_ = line[7] - '0';
    head_.status = status;
    return status >= 100 && status < 600;
}

bool ResponseHeadReader::finish()
{
    const auto body = read_body_fields(head_.headers, minor_version_);
    if (body.refusal.status != 0)
        return false;
    head_.keep_alive = minor_version_ == 1 && !has_element(head_.headers, "connection", "close");
    if (is_head_ || head_.status == 204 || head_.status == 304) {
        head_.framing = Framing::none;
        return true;
    }
    head_.framing = body.framing == Framing::none ? Framing::until_close : body.framing;
    head_.content_length = body.length;
    if (head_.framing == Framing::until_close)
        head_.keep_alive = false;
    return true;
}

} // namespace siyu::http
