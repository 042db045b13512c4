#pragma once

#include "core/async/task.hpp"
#include "core/base/bytes.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace siyu::db {

/// NULL, integer, real, text, octets. Booleans are integers 0 and 1 in SQL on both engines.
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Bytes>;
using Values = std::vector<Value>;

/// One row of an answer. Asking for a column as another type than it has is a defect and throws std::logic_error.
class Row {
public:
    explicit Row(Values values) : values_(std::move(values)) { }
    bool is_null(std::size_t column) const { return std::holds_alternative<std::monostate>(values_.at(column)); }
    std::int64_t integer(std::size_t column) const;
    const std::string& text(std::size_t column) const;
    const Bytes& bytes(std::size_t column) const;
    const Value& value(std::size_t column) const { return values_.at(column); }

private:
    Values values_;
};

struct Answer {
    std::vector<Row> rows;
    std::int64_t changed = 0; ///< rows that an INSERT, UPDATE or DELETE touched
};

/// One connection, blocking, used by one thread at a time. Statements are prepared once per connection and kept by their text,
/// which must therefore live as long as the program (string literals).
class Connection {
public:
    virtual ~Connection() = default;
    /// Errc::conflict for a violated constraint, unavailable when the engine cannot now (full disk, lost connection,
    /// read-only), corrupt for a damaged file, internal for SQL that does not fit.
    virtual Result<Answer> execute(std::string_view sql, const Values& values = {}) = 0;
    virtual Result<void> begin() = 0;
    virtual Result<void> commit() = 0;
    virtual void rollback() = 0;
};

/// An engine. Thread-safe.
class Database {
public:
    virtual ~Database() = default;
    /// One reading statement, on the blocking pool. Sees every commit that the journal has confirmed.
    virtual Task<Result<std::vector<Row>>> query(std::string_view sql, Values values = {}) = 0;
    /// A connection of its own, for the journal, migrations and the command line.
    virtual Result<std::unique_ptr<Connection>> connect() = 0;
};

} // namespace siyu::db
