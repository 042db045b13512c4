#pragma once

namespace siyu::cli {

/// No core dumps (they would hold keys and conversations), no files that others may read, and as many open files as the system
/// lets us have. Before the first thread.
void set_process_limits();

} // namespace siyu::cli
