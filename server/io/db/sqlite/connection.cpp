#include "io/db/sqlite/connection.hpp"

#include "io/db/limits.hpp"

#include <sqlite3.h>

#include <charconv>

namespace siyu::db {
namespace {

Errc to_errc(int code)
{
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT: return Errc::conflict;
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_NOMEM: return Errc::unavailable;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT: return Errc::corrupt;
    case SQLITE_TOOBIG: return Errc::too_large;
    default: return Errc::internal;
    }
}

Value column_value(sqlite3_stmt* statement, int column)
{
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: return std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, column)), size);
    case SQLITE_BLOB: {
        const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
        return Bytes(data, data + size);
    }
    default: return std::monostate();
    }
}

/// Binds without copying: `values` outlives the step.
struct Binder {
    sqlite3_stmt* statement;
    int at;

    int operator()(std::monostate) const { return sqlite3_bind_null(statement, at); }
    int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, at, number); }
    int operator()(double number) const { return sqlite3_bind_double(statement, at, number); }
    int operator()(const std::string& text) const
    {
        return sqlite3_bind_text64(statement, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(const Bytes& bytes) const
    {
        // A null pointer would bind NULL, which is not the same as no octets.
        return bytes.empty() ? sqlite3_bind_zeroblob(statement, at, 0)
                             : sqlite3_bind_blob64(statement, at, bytes.data(), bytes.size(), SQLITE_STATIC);
    }
};

/// A statement keeps its locks and its bindings until it is reset.
class Reset {
public:
    explicit Reset(sqlite3_stmt* statement) : statement_(statement) { }
    ~Reset()
    {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    Reset(const Reset&) = delete;
    Reset& operator=(const Reset&) = delete;

private:
    sqlite3_stmt* statement_;
};

} // namespace

void SqliteConnection::Close::operator()(sqlite3* handle) const
{
    sqlite3_close_v2(handle);
}

void SqliteConnection::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

std::unexpected<Error> SqliteConnection::failed(int code) const
{
    return fail(to_errc(code), std::string("SQLite: ") + sqlite3_errmsg(handle_.get()));
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::filesystem::path& file, Use use)
{
    sqlite3* raw = nullptr;
    // Never SQLITE_OPEN_CREATE: SQLite would give a new file to all readers of the folder.
    const int code =
        sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    Handle handle(raw);
    if (code != SQLITE_OK)
        return fail(to_errc(code), "the database " + file.string() + " cannot be opened: " + sqlite3_errstr(code));
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(std::move(handle)));
    if (auto configured = connection->configure(use); !configured)
        return fail(configured.error().code, "the database " + file.string() + ": " + configured.error().detail);
    return connection;
}

Result<void> SqliteConnection::configure(Use use)
{
    sqlite3_busy_timeout(handle_.get(), static_cast<int>(lock_patience.count()));
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    std::vector<std::string_view> pragmas = {"PRAGMA trusted_schema = OFF", "PRAGMA temp_store = MEMORY"};
    if (use == Use::read)
        pragmas.push_back("PRAGMA query_only = ON");
    else
        pragmas.insert(pragmas.end(),
            {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON",
                "PRAGMA secure_delete = ON"});
    for (const auto pragma : pragmas)
        if (auto done = execute(pragma, {}); !done)
            return fail(done.error());
    statements_.clear();
    return {};
}

Result<sqlite3_stmt*> SqliteConnection::prepared(std::string_view sql)
{
    if (const auto known = statements_.find(sql); known != statements_.end())
        return known->second.get();
    sqlite3_stmt* raw = nullptr;
    const int code =
        sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    Statement statement(raw);
    if (code != SQLITE_OK)
        return failed(code);
    if (!statement)
        return fail(Errc::internal, "no statement in the SQL");
    return statements_.emplace(sql, std::move(statement)).first->second.get();
}

Result<void> SqliteConnection::bind(sqlite3_stmt* statement, const Values& values)
{
    const int count = sqlite3_bind_parameter_count(statement);
    if (static_cast<std::size_t>(count) != values.size())
        return fail(Errc::internal, "the SQL and its values differ in number");
    for (int at = 1; at <= count; ++at) {
        // "$2" takes the second value wherever it first stands in the text, as it does in PostgreSQL.
        const std::string_view name = sqlite3_bind_parameter_name(statement, at);
        std::size_t number = 0;
        std::from_chars(name.data() + 1, name.data() + name.size(), number);
        if (number == 0 || number > values.size())
            return fail(Errc::internal, "a parameter without a value: " + std::string(name));
        if (const int code = std::visit(Binder{statement, at}, values[number - 1]); code != SQLITE_OK)
            return failed(code);
    }
    return {};
}

Result<Answer> SqliteConnection::step(sqlite3_stmt* statement)
{
    Answer answer;
    const int columns = sqlite3_column_count(statement);
    int code = SQLITE_OK;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        Values row;
        row.reserve(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column)
            row.push_back(column_value(statement, column));
        answer.rows.emplace_back(std::move(row));
    }
    if (code != SQLITE_DONE)
        return failed(code);
    if (sqlite3_stmt_readonly(statement) == 0)
        answer.changed = sqlite3_changes64(handle_.get());
    return answer;
}

Result<Answer> SqliteConnection::execute(std::string_view sql, const Values& values)
{
    const auto statement = prepared(sql);
    if (!statement)
        return fail(statement.error());
    const Reset reset(*statement);
    if (auto bound = bind(*statement, values); !bound)
        return fail(bound.error());
    return step(*statement);
}

Result<void> SqliteConnection::begin()
{
    // Takes the write lock at once: a transaction that reads first could not be upgraded later.
    if (auto done = execute("BEGIN IMMEDIATE", {}); !done)
        return fail(done.error());
    return {};
}

Result<void> SqliteConnection::commit()
{
    if (auto done = execute("COMMIT", {}); !done)
        return fail(done.error());
    return {};
}

void SqliteConnection::rollback()
{
    // A full disk may have rolled back already.
    if (sqlite3_get_autocommit(handle_.get()) == 0)
        (void)execute("ROLLBACK", {});
}

} // namespace siyu::db
