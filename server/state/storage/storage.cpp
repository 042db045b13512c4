#include "state/storage/storage.hpp"

#include "io/db/migrations.hpp"
#include "io/db/sqlite.hpp"
#include "state/storage/installation_keys.hpp"
#include "state/storage/node_id.hpp"
#include "state/storage/sql_conversations.hpp"
#include "state/storage/sql_credentials.hpp"
#include "state/storage/sql_journal.hpp"
#include "state/storage/sql_messages.hpp"
#include "state/storage/sql_turns.hpp"
#include "state/storage/sql_users.hpp"

namespace siyu::storage {
namespace {

std::filesystem::path database_file(const std::filesystem::path& directory)
{
    return directory / "siyu.db";
}

class SqlStorage final : public Storage {
public:
    SqlStorage(std::unique_ptr<db::Database> database, std::unique_ptr<crypto::KeyRing> keys, std::string node,
        std::unique_ptr<SqlJournal> journal, async::BlockingPool& pool)
        : database_(std::move(database)),
          keys_(std::move(keys)),
          node_(std::move(node)),
          repositories_(make_repositories(*database_, *keys_, pool)),
          journal_(std::move(journal))
    {
    }

    db::Database& database() override { return *database_; }
    Journal& journal() override { return *journal_; }
    Repositories& repositories() override { return repositories_; }
    const crypto::KeyRing& keys() const override { return *keys_; }
    const std::string& node() const override { return node_; }
    JournalStats journal_stats() const override { return journal_->stats(); }
    void stop() override { journal_->stop(); }

private:
    std::unique_ptr<db::Database> database_;
    std::unique_ptr<crypto::KeyRing> keys_;
    std::string node_;
    Repositories repositories_;
    std::unique_ptr<SqlJournal> journal_; // last: it writes until it goes
};

Result<void> prepare(db::Database& database, crypto::KeyRing& keys, Time now)
{
    auto connection = database.connect();
    if (!connection)
        return fail(connection.error());
    if (auto done = db::migrate(**connection, db::sqlite_migrations(), now); !done)
        return done;
    return join_keys(**connection, keys, now);
}

} // namespace

Repositories make_repositories(db::Database& database, const crypto::KeyRing& keys, async::BlockingPool& pool)
{
    auto opened = std::make_shared<ConversationKeys>(database, keys);
    return {.users = std::make_unique<SqlUsers>(database),
        .sessions = std::make_unique<SqlSessions>(database),
        .api_keys = std::make_unique<SqlApiKeys>(database),
        .conversations = std::make_unique<SqlConversations>(database, keys, opened, pool),
        .messages = std::make_unique<SqlMessages>(database, opened, pool),
        .turns = std::make_unique<SqlTurns>(database, opened, pool),
        .usage = std::make_unique<SqlUsageLedger>()};
}

Result<std::unique_ptr<Storage>> open(Options options)
{
    auto ring = load_or_make_keys(options.directory);
    if (!ring)
        return fail(ring.error());
    auto keys = std::make_unique<crypto::KeyRing>(std::move(*ring)); // its address must last
    auto database = db::open_sqlite(database_file(options.directory), options.pool);
    if (!database)
        return fail(database.error());
    const auto now = options.clock.now();
    if (auto prepared = prepare(**database, *keys, now); !prepared)
        return fail(prepared.error());
    auto node = node_id(options.directory, now);
    if (!node)
        return fail(node.error());
    auto journal = SqlJournal::open(**database, options.directory, *keys, *node, options.clock, std::move(options.report));
    if (!journal)
        return fail(journal.error());
    return std::make_unique<SqlStorage>(
        std::move(*database), std::move(keys), std::move(*node), std::move(*journal), options.pool);
}

Result<Inspection> inspect(const std::filesystem::path& directory)
{
    if (!std::filesystem::exists(database_file(directory)))
        return fail(Errc::not_found, "there is no database in " + directory.string());
    auto keys = load_keys(directory);
    if (!keys)
        return fail(keys.error());
    auto connection = db::connect_sqlite_to_read(database_file(directory));
    if (!connection)
        return fail(connection.error());
    if (auto checked = check_keys(**connection, *keys); !checked)
        return fail(checked.error());
    return Inspection{.connection = std::move(*connection), .keys = std::move(*keys)};
}

} // namespace siyu::storage
