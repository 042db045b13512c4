#include "io/net/websocket_frames.hpp"

#include "core/base/text.hpp"

namespace siyu::net {

namespace {

constexpr std::size_t control_bytes_max = 125;

bool is_control(Opcode opcode)
{
    return static_cast<unsigned>(opcode) >= 8;
}

// Codes that may travel (RFC 6455, 7.4): 1004-1006 and 1015 are for inside use.
bool may_travel(int code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

} // namespace

std::string encode_frame(Opcode opcode, std::string_view payload)
{
    std::string frame;
    frame.reserve(payload.size() + 10);
    frame += static_cast<char>(0x80 | static_cast<unsigned>(opcode));
    const auto add_number = [&](std::uint64_t number, int bytes) {
        while (bytes-- > 0)
            frame += static_cast<char>(number >> (8 * bytes) & 0xff);
    };
    if (payload.size() < 126) {
        frame += static_cast<char>(payload.size());
    } else if (payload.size() <= 0xffff) {
        frame += static_cast<char>(126);
        add_number(payload.size(), 2);
    } else {
        frame += static_cast<char>(127);
        add_number(payload.size(), 8);
    }
    return frame += payload;
}

std::string close_payload(int code, std::string_view reason)
{
    std::string payload{static_cast<char>(code >> 8 & 0xff), static_cast<char>(code & 0xff)};
    return payload += utf8_prefix(reason, control_bytes_max - payload.size());
}

FrameReader::Step FrameReader::feed(std::string_view bytes)
{
    std::size_t consumed = 0;
    while (close_code_ == 0) {
        if (!is_in_payload_) {
            if (consumed == bytes.size())
                return {Status::more, consumed};
            head_[head_bytes_++] = static_cast<unsigned char>(bytes[consumed++]);
            if (head_bytes_ == head_bytes_needed_ && !take_head())
                break;
            continue;
        }
        const auto piece = bytes.substr(consumed, std::min<std::uint64_t>(left_, bytes.size() - consumed));
        consumed += piece.size();
        if (!take_payload(piece))
            break;
        if (left_ > 0)
            return {Status::more, consumed};
        if (const auto status = finish_frame(); status != Status::more)
            return {status, consumed};
    }
    return {Status::broken, consumed};
}

bool FrameReader::break_off(int code)
{
    close_code_ = code;
    return false;
}

// Called with two bytes, then with all of the head.
bool FrameReader::take_head()
{
    const unsigned length = head_[1] & 0x7f;
    const std::size_t length_bytes = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (head_bytes_ == 2) {
        opcode_ = static_cast<Opcode>(head_[0] & 0x0f);
        is_final_ = (head_[0] & 0x80) != 0;
        const bool is_known = static_cast<unsigned>(opcode_) <= 2 || (is_control(opcode_) && opcode_ <= Opcode::pong);
        const bool has_reserved_bit = (head_[0] & 0x70) != 0;
        const bool is_masked = (head_[1] & 0x80) != 0;
        if (!is_known || has_reserved_bit || !is_masked)
            return break_off(1002);
        if (is_control(opcode_) ? !is_final_ || length > control_bytes_max
                                : (opcode_ == Opcode::continuation) != is_in_message_)
            return break_off(1002);
        if (opcode_ == Opcode::binary)
            return break_off(1003);
        head_bytes_needed_ = 2 + length_bytes + 4;
        return true;
    }
    left_ = length;
    if (length_bytes > 0) {
        left_ = 0;
        for (std::size_t i = 0; i < length_bytes; ++i)
            left_ = left_ << 8 | head_[2 + i];
        if (left_ < (length_bytes == 2 ? 126u : 0x10000u) || left_ >> 63 != 0) // not in the shortest form
            return break_off(1002);
    }
    if (!is_control(opcode_) && left_ > message_bytes_max_ - message_.size())
        return break_off(1009);
    is_in_payload_ = true;
    mask_at_ = 0;
    is_in_message_ = is_in_message_ || !is_control(opcode_);
    return true;
}

bool FrameReader::take_payload(std::string_view bytes)
{
    auto& target = is_control(opcode_) ? control_ : message_;
    const auto* mask = &head_[head_bytes_needed_ - 4];
    for (const char c : bytes)
        target += static_cast<char>(static_cast<unsigned char>(c) ^ mask[mask_at_++ % 4]);
    left_ -= bytes.size();
    if (is_control(opcode_))
        return true;
    // Bad text is refused when it shows, not when the message ends; a code point may still be incomplete at the end.
    const auto unchecked = std::string_view(message_).substr(checked_);
    const auto complete = utf8_complete(unchecked);
    if (!is_utf8(unchecked.substr(0, complete)))
        return break_off(1007);
    checked_ += complete;
    return true;
}

FrameReader::Status FrameReader::finish_frame()
{
    is_in_payload_ = false;
    head_bytes_ = 0;
    head_bytes_needed_ = 2;
    if (opcode_ == Opcode::close)
        return finish_close();
    if (is_control(opcode_)) {
        event_ = {opcode_, std::move(control_)};
        control_.clear();
        return Status::event;
    }
    if (!is_final_)
        return Status::more;
    if (checked_ != message_.size()) {
        break_off(1007);
        return Status::broken;
    }
    event_ = {Opcode::text, std::move(message_)};
    message_.clear();
    checked_ = 0;
    is_in_message_ = false;
    return Status::event;
}

FrameReader::Status FrameReader::finish_close()
{
    int code = 1005;
    if (!control_.empty()) {
        code = control_.size() < 2 ? 0 : static_cast<unsigned char>(control_[0]) << 8 | static_cast<unsigned char>(control_[1]);
        if (!may_travel(code)) {
            break_off(1002);
            return Status::broken;
        }
        control_.erase(0, 2);
        if (!is_utf8(control_)) {
            break_off(1007);
            return Status::broken;
        }
    }
    event_ = {Opcode::close, std::move(control_), code};
    return Status::event;
}

} // namespace siyu::net
