#pragma once

#include "core/base/clock.hpp"
#include "io/db/database.hpp"

namespace siyu::db {

/// One numbered file of migrations/. Number 0 makes the table of versions itself and runs each time.
struct Migration {
    std::int64_t version;
    std::string_view name;
    std::string_view sql;
};

/// What stands in migrations/sqlite, in order.
std::vector<Migration> sqlite_migrations();

/// Brings the tables up to date, a transaction for each file. Errc::conflict, with a sentence, for tables that a newer program
/// made and this one cannot use, or that an edited migration made.
Result<void> migrate(Connection& connection, const std::vector<Migration>& migrations, Time now);

} // namespace siyu::db
