#pragma once

#include "core/config/settings.hpp"

namespace siyu::cli {

/// What `siyu serve` does once its settings are checked, the data directory is made and locked, and the process's limits are
/// set: the composition root's part. Returns the exit status when the server has ended.
using Serve = int (*)(config::Settings settings);

/// The program. Exit statuses: 0 well, 1 failed (a sentence stands on standard error), 2 wrong usage or, for `audit verify`,
/// altered; 3 and 4 see there.
int run(int argc, char** argv, Serve serve);

} // namespace siyu::cli
