#pragma once

#include "core/base/result.hpp"
#include "core/config/phrase.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace siyu::config {

struct Variable {
    std::string name;
    std::string value;
    std::string origin; ///< ".env:3"
};

/// Reads the lines of a `.env` file.
///
///   file    = *( line LF )
///   line    = "" | "#" text | ["export "] NAME "=" value
///   value   = 'text as it stands' | "text with \n \t \" \\ \$" | text up to " #" or the line's end, trimmed
///
/// Nothing is expanded. A line of another form, or a name that is there twice, is refused.
Result<std::vector<Variable>> read_dotenv(std::string_view text, const std::string& name, Language language);

} // namespace siyu::config
