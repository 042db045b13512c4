#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace siyu {

/// What a caller may branch on. One closed list; app/api maps it to HTTP (RFC 9457).
enum class Errc {
    invalid, ///< the input is wrong; `field` says where
    unauthenticated, ///< nobody is signed in, or the credential is not valid
    forbidden, ///< signed in, but not allowed
    not_found, ///< absent, or not the caller's: an answer never tells which
    conflict, ///< the state does not admit it
    too_large, ///< beyond a limit of size
    rate_limited, ///< beyond a limit of rate or count; try again later
    unavailable, ///< a part that is needed does not work now
    timeout, ///< a deadline passed
    cancelled, ///< the caller, or the shutdown, ended it
    upstream, ///< a model server answered with an error
    corrupt, ///< stored data fails its check: loud, never empty
    internal, ///< a defect
};

std::string_view to_string(Errc code);

/// `detail` is for the log and the terminal, never for an HTTP client. `reason` is a stable code that names the problem more
/// closely than `code` (empty: the code's own name); texts for people hang on it. `field` is the input's member at fault.
struct Error {
    Errc code = Errc::internal;
    std::string detail;
    std::string reason;
    std::string field;

    Error(Errc code, std::string detail = {}, std::string reason = {}, std::string field = {})
        : code(code), detail(std::move(detail)), reason(std::move(reason)), field(std::move(field))
    {
    }
};

} // namespace siyu
