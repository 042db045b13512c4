#include "io/db/limits.hpp"
#include "io/db/sqlite.hpp"
#include "io/db/sqlite/connection.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>

namespace siyu::db {
namespace {

using Use = SqliteConnection::Use;

/// Connections that read, opened as they are needed, lent to one thread of the pool at a time.
class Readers {
public:
    explicit Readers(std::filesystem::path file) : file_(std::move(file)) { }

    Result<Answer> execute(std::string_view sql, const Values& values)
    {
        auto connection = take();
        if (!connection)
            return fail(connection.error());
        auto answer = (*connection)->execute(sql, values);
        give_back(std::move(*connection));
        return answer;
    }

private:
    Result<std::unique_ptr<SqliteConnection>> take()
    {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [this] { return !idle_.empty() || open_ < readers_max; });
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
        ++open_;
        lock.unlock();
        auto connection = SqliteConnection::open(file_, Use::read);
        if (!connection) {
            lock.lock();
            --open_;
            returned_.notify_one();
        }
        return connection;
    }

    void give_back(std::unique_ptr<SqliteConnection> connection)
    {
        const std::scoped_lock lock(mutex_);
        idle_.push_back(std::move(connection));
        returned_.notify_one();
    }

    std::filesystem::path file_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<SqliteConnection>> idle_;
    std::size_t open_ = 0;
};

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(std::filesystem::path file, async::BlockingPool& pool) : file_(std::move(file)), pool_(pool), readers_(file_)
    {
    }

    Task<Result<std::vector<Row>>> query(std::string_view sql, Values values) override
    {
        co_return co_await pool_.run([this, sql, values = std::move(values)]() -> Result<std::vector<Row>> {
            auto answer = readers_.execute(sql, values);
            if (!answer)
                return fail(answer.error());
            return std::move(answer->rows);
        });
    }

    Result<std::unique_ptr<Connection>> connect() override { return SqliteConnection::open(file_, Use::write); }

private:
    std::filesystem::path file_;
    async::BlockingPool& pool_;
    Readers readers_;
};

Result<void> make_file(const std::filesystem::path& file)
{
    // Only an absent file is touched: closing a descriptor of an open database would drop SQLite's locks on it.
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        ::close(descriptor);
    else if (errno != EEXIST)
        return fail(Errc::unavailable, "the database " + file.string() + " cannot be made: " + std::strerror(errno));
    return {};
}

} // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::filesystem::path& file, async::BlockingPool& pool)
{
    if (auto made = make_file(file); !made)
        return fail(made.error());
    if (auto first = SqliteConnection::open(file, Use::write); !first)
        return fail(first.error());
    return std::make_unique<SqliteDatabase>(file, pool);
}

Result<std::unique_ptr<Connection>> connect_sqlite_to_read(const std::filesystem::path& file)
{
    return SqliteConnection::open(file, Use::read);
}

} // namespace siyu::db
