#pragma once

#include "core/async/blocking_pool.hpp"
#include "io/db/database.hpp"

#include <filesystem>

namespace siyu::db {

/// SQLite in one file, made (0600) when absent: WAL, synchronous=FULL, foreign keys on, freed pages overwritten, temporary data
/// in memory. Errc::corrupt for a file that is no database. The pool outlives the database.
Result<std::unique_ptr<Database>> open_sqlite(const std::filesystem::path& file, async::BlockingPool& pool);

/// One connection to an existing file that cannot change anything.
Result<std::unique_ptr<Connection>> connect_sqlite_to_read(const std::filesystem::path& file);

} // namespace siyu::db
