#pragma once

#include "io/db/database.hpp"

#include <filesystem>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace siyu::db {

/// Used by one thread at a time; keeps the prepared statements of its SQL.
class SqliteConnection final : public Connection {
public:
    enum class Use { read, write };

    static Result<std::unique_ptr<SqliteConnection>> open(const std::filesystem::path& file, Use use);

    Result<Answer> execute(std::string_view sql, const Values& values) override;
    Result<void> begin() override;
    Result<void> commit() override;
    void rollback() override;

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    using Handle = std::unique_ptr<sqlite3, Close>;
    using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

    explicit SqliteConnection(Handle handle) : handle_(std::move(handle)) { }

    Result<void> configure(Use use);
    Result<sqlite3_stmt*> prepared(std::string_view sql);
    Result<void> bind(sqlite3_stmt* statement, const Values& values);
    Result<Answer> step(sqlite3_stmt* statement);
    std::unexpected<Error> failed(int code) const;

    Handle handle_;
    std::unordered_map<std::string_view, Statement> statements_; // after the handle, so gone before it
};

} // namespace siyu::db
