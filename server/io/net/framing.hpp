#pragma once

#include "io/net/http_message.hpp"

#include <cstdint>
#include <string_view>

namespace siyu::http {

/// Where a message's body ends (RFC 9112, 6).
enum class Framing { none, length, chunked, until_close };

/// Why a message is turned down, as it is answered. `code` names it for good; empty: not turned down.
struct Refusal {
    int status = 400;
    std::string_view code;
};

inline constexpr Refusal malformed{400, "malformed_request"};

/// What the fields say of the body. Anything that two readers could frame differently is refused: two lengths (even equal
/// ones), a list or a sign in one, a length beside a transfer coding, a coding other than `chunked`, a coding in HTTP/1.0.
struct BodyFields {
    Framing framing = Framing::none; ///< none: no field says anything
    std::uint64_t length = 0;
    Refusal refusal{0, {}};
};
BodyFields read_body_fields(const Headers& headers, int minor_version);

} // namespace siyu::http
