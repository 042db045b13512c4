#pragma once

#include "io/net/framing.hpp"
#include "io/net/header_limits.hpp"
#include "io/net/line_reader.hpp"

#include <cstdint>

namespace siyu::http {

struct ResponseHead {
    int status = 0;
    Headers headers;
    Framing framing = Framing::until_close;
    std::uint64_t content_length = 0;
    bool keep_alive = true;
};

/// Reads the head of a response as strictly as RequestHeadReader does a request: an upstream that frames its answers
/// ambiguously is not to be trusted with the connection. Interim responses (1xx) are skipped; 101 is not asked for and refused.
class ResponseHeadReader {
public:
    enum class Status { more, done, refused };
    struct Step {
        Status status = Status::more;
        std::size_t consumed = 0;
    };

    ResponseHeadReader(HeaderLimits limits, bool answers_head_request) : limits_(limits), is_head_(answers_head_request) { }

    Step feed(std::string_view bytes);
    ResponseHead& head() { return head_; }

private:
    Status take_line(std::string_view line);
    bool take_status_line(std::string_view line);
    bool finish();

    HeaderLimits limits_;
    bool is_head_;
    LineReader lines_;
    ResponseHead head_;
    int minor_version_ = 1;
    std::size_t bytes_ = 0; // interim responses count too: they cannot go on for ever
    bool has_status_line_ = false;
};

} // namespace siyu::http
