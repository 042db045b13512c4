#pragma once

#include "io/net/framing.hpp"
#include "io/net/header_limits.hpp"
#include "io/net/http_message.hpp"
#include "io/net/line_reader.hpp"

#include <cstdint>

namespace siyu::http {

/// What the start line and the fields of a request say.
struct RequestHead {
    Request request; ///< without its body
    int minor_version = 1;
    Framing framing = Framing::none;
    std::uint64_t content_length = 0;
    bool keep_alive = true;
    bool expects_continue = false;
};

/// Reads the head of an HTTP/1 request (RFC 9112, 2-6), however it is cut, and refuses all that another reader on the way might
/// take differently: request smuggling lives on such differences.
///
///     head         = [ CRLF ] request-line *( field-line CRLF ) CRLF
///     request-line = method SP ( absolute-path [ "?" query ] / "*" ) SP "HTTP/1." ( "0" / "1" ) CRLF
class RequestHeadReader {
public:
    enum class Status { more, done, refused };
    struct Step {
        Status status = Status::more;
        std::size_t consumed = 0;
    };

    explicit RequestHeadReader(HeaderLimits limits) : limits_(limits) { }

    /// After `done`, what follows belongs to the body.
    Step feed(std::string_view bytes);
    bool has_begun() const { return has_begun_; }
    RequestHead& head() { return head_; }
    const Refusal& refusal() const { return refusal_; }

private:
    bool take_line(std::string_view line);
    Refusal take_request_line(std::string_view line);
    Refusal take_target(std::string_view target);
    Refusal finish();

    HeaderLimits limits_;
    LineReader lines_;
    RequestHead head_;
    Refusal refusal_{0, {}};
    std::size_t bytes_ = 0;
    bool has_begun_ = false;
    bool has_request_line_ = false;
    bool skipped_blank_ = false;
};

} // namespace siyu::http
