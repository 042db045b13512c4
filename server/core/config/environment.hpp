#pragma once

#include "core/config/dotenv.hpp"
#include "core/config/tree.hpp"

namespace siyu::config {

/// Lays the variables that this program knows upon the tree, those of the file below those of the environment; an empty one
/// counts as not set, one it does not know is another's. Those of features that are not there yet (DB_HOST, DATABASE_URL,
/// REDIS_URL) are refused, so that nobody believes in them.
Result<void> apply_environment(
    Raw& root, const std::vector<Variable>& file, const std::vector<Variable>& environment, Language language);

/// Sets one setting over all that was said before ("listen" also over `port`, which changes a part of it).
void apply_setting(Raw& root, const std::string& name, Raw value);

} // namespace siyu::config
