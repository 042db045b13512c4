#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace siyu::http {

/// The path of a request in the one form that is compared with routes: percent-encoding undone once, UTF-8. Nullopt for what
/// another reader could take for another path: bad encoding, control bytes, backslashes, encoded slashes, dot segments.
std::optional<std::string> normalise_path(std::string_view raw);

/// Percent-encoding undone; nullopt when it is bad or yields NUL or broken UTF-8.
std::optional<std::string> percent_decode(std::string_view raw, bool plus_is_blank);

} // namespace siyu::http
