#include "io/db/migrations.hpp"

#include "core/crypto/hash.hpp"

#include <charconv>
#include <map>

namespace siyu::db {
namespace {

constexpr std::string_view select_versions =
    "SELECT version, name, checksum, compatible_from FROM schema_version ORDER BY version";
constexpr std::string_view insert_version =
    "INSERT INTO schema_version (version, name, checksum, compatible_from, applied_at) VALUES ($1, $2, $3, $4, $5)";

std::string checksum_of(const Migration& migration)
{
    return to_hex(crypto::sha256(as_bytes(migration.sql)));
}

/// From the first line, "-- compatible_from: N".
std::int64_t compatible_from(const Migration& migration)
{
    constexpr std::string_view mark = "-- compatible_from: ";
    std::int64_t version = migration.version;
    if (migration.sql.starts_with(mark)) {
        const auto rest = migration.sql.substr(mark.size());
        std::from_chars(rest.data(), rest.data() + rest.size(), version);
    }
    return version;
}

/// Statements end with a semicolon at the end of a line (migrations/README.md).
Result<void> run_script(Connection& connection, std::string_view sql)
{
    while (true) {
        const auto end = sql.find(";\n");
        if (end == std::string_view::npos)
            return {};
        if (auto done = connection.execute(sql.substr(0, end + 1)); !done)
            return fail(done.error());
        sql.remove_prefix(end + 2);
    }
}

Result<void> check_applied(const std::vector<Row>& applied, const std::map<std::int64_t, const Migration*>& known)
{
    const auto newest = known.rbegin()->first;
    for (const auto& row : applied) {
        const auto version = row.integer(0);
        if (version > newest) {
            if (row.integer(3) > newest)
                return fail(Errc::conflict,
                    "a newer version of Siyu has changed this database (" + row.text(1)
                        + "); this version cannot work on it: start the newer one");
            continue; // expanded, and still as we need it
        }
        const auto migration = known.find(version);
        if (migration == known.end() || checksum_of(*migration->second) != row.text(2))
            return fail(Errc::conflict, "the database was made by another migration " + row.text(1) + " than this version has");
    }
    return {};
}

Result<void> apply(Connection& connection, const Migration& migration, Time now)
{
    if (auto begun = connection.begin(); !begun)
        return begun;
    auto done = run_script(connection, migration.sql);
    if (done) {
        auto noted = connection.execute(insert_version,
            {migration.version, std::string(migration.name), checksum_of(migration), compatible_from(migration),
                to_micros(now)});
        if (!noted)
            done = fail(noted.error());
    }
    if (done)
        done = connection.commit();
    if (!done) {
        connection.rollback();
        return fail(done.error().code, "migration " + std::string(migration.name) + ": " + done.error().detail);
    }
    return {};
}

} // namespace

Result<void> migrate(Connection& connection, const std::vector<Migration>& migrations, Time now)
{
    std::map<std::int64_t, const Migration*> known;
    for (const auto& migration : migrations) {
        if (migration.version > 0)
            known.emplace(migration.version, &migration);
        else if (auto made = run_script(connection, migration.sql); !made)
            return made;
    }
    auto applied = connection.execute(select_versions);
    if (!applied)
        return fail(applied.error());
    if (auto checked = check_applied(applied->rows, known); !checked)
        return checked;
    const auto present = applied->rows.empty() ? 0 : applied->rows.back().integer(0);
    for (const auto& [version, migration] : known)
        if (version > present)
            if (auto done = apply(connection, *migration, now); !done)
                return done;
    return {};
}

} // namespace siyu::db
