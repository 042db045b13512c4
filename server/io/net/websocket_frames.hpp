#pragma once

#include "core/base/result.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace siyu::net {

enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// One unmasked frame, as a server sends it (RFC 6455, 5.2).
std::string encode_frame(Opcode opcode, std::string_view payload);
/// The payload of a close frame; the reason is cut to what fits.
std::string close_payload(int code, std::string_view reason);

/// Reads what a client sends, however it is cut, and joins fragments.
///
///     frame = FIN RSV(3)=0 opcode(4), MASK=1 length(7), [ length(16) / length(64) ], mask(32), payload
class FrameReader {
public:
    /// A whole text message, or a control frame.
    struct Event {
        Opcode opcode = Opcode::text;
        std::string payload;
        int close_code = 0; ///< of a close frame: 1005 when it names none
    };
    enum class Status { more, event, broken };
    struct Step {
        Status status = Status::more;
        std::size_t consumed = 0;
    };

    explicit FrameReader(std::size_t message_bytes_max) : message_bytes_max_(message_bytes_max) { }

    Step feed(std::string_view bytes);
    /// After `event`.
    Event& event() { return event_; }
    /// After `broken`: the close code to answer with (1002 protocol, 1003 binary, 1007 not UTF-8, 1009 too large).
    int close_code() const { return close_code_; }

private:
    bool take_head();
    bool take_payload(std::string_view bytes);
    Status finish_frame();
    Status finish_close();
    bool break_off(int code);

    std::size_t message_bytes_max_;
    std::array<unsigned char, 14> head_{};
    std::size_t head_bytes_ = 0;
    std::size_t head_bytes_needed_ = 2;
    bool is_in_payload_ = false;
    Opcode opcode_ = Opcode::text;
    bool is_final_ = true;
    std::uint64_t left_ = 0; // of the payload
    std::size_t mask_at_ = 0;
    std::string message_; // the text so far
    std::size_t checked_ = 0; // of it: whole, valid code points
    bool is_in_message_ = false;
    std::string control_;
    Event event_;
    int close_code_ = 0;
};

} // namespace siyu::net
