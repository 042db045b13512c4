#pragma once

#include "core/base/result.hpp"
#include "core/config/phrase.hpp"
#include "core/config/settings.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace siyu::config {

/// Where settings come from, weakest first: the defaults, the file, `.env`, the environment, the command line's flags.
struct Sources {
    std::optional<std::string> file; ///< --config; absent: ./siyu.yaml, if there
    std::string directory = "."; ///< where siyu.yaml and .env are looked for, and what `file:` is relative to
    std::map<std::string, std::string> environment;
    std::map<std::string, std::string> flags; ///< setting ("listen", "data") → value
    Language language = Language::english;
};

/// One setting as it holds now, for `siyu config show`.
struct Described {
    std::string name; ///< "providers[0].base_url"
    std::string value; ///< a secret reads "********"
    std::string origin; ///< "default", "siyu.yaml:7", ".env:2", "environment variable PORT", "option --listen"
};

struct Loaded {
    Settings settings;
    std::vector<Described> described;
};

/// Reads, checks and merges. The error's detail is one sentence that names the setting, the origin of its value and what is
/// allowed; it holds no secret. `field` is the setting's name.
Result<Loaded> load(const Sources& sources);

/// The environment of this process.
std::map<std::string, std::string> process_environment();

} // namespace siyu::config
