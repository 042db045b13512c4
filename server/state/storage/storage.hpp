#pragma once

#include "core/async/blocking_pool.hpp"
#include "core/base/clock.hpp"
#include "core/crypto/key_ring.hpp"
#include "state/storage/repositories.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace siyu::storage {

/// The tenant that every installation starts with: the same everywhere, so that documents and tests can name it.
inline const TenantId default_tenant{"01900000-0000-7000-8000-000000000001"};

/// Everything that reads or changes rows.
struct Repositories {
    std::unique_ptr<Users> users;
    std::unique_ptr<Sessions> sessions;
    std::unique_ptr<ApiKeys> api_keys;
    std::unique_ptr<Conversations> conversations;
    std::unique_ptr<Messages> messages;
    std::unique_ptr<Turns> turns;
    std::unique_ptr<UsageLedger> usage;
};

/// They keep references to all three, which must outlive them.
Repositories make_repositories(db::Database& database, const crypto::KeyRing& keys, async::BlockingPool& pool);

/// How the journal does, for the metrics.
struct JournalStats {
    std::size_t queued = 0; ///< Commits that wait
    std::chrono::microseconds lag{0}; ///< how long the oldest of them has waited
    std::size_t last_group = 0; ///< Commits in the newest transaction
    std::uint64_t groups = 0;
    std::uint64_t events = 0; ///< audit events written
    std::uint64_t failures = 0; ///< transactions that could not be written
};

struct Options {
    std::filesystem::path directory; ///< exists already, 0700
    const Clock& clock;
    async::BlockingPool& pool;
    std::function<void(std::string)> report; ///< sentences for the log; called from any thread
};

/// All that the installation remembers. Thread-safe; outlives its users, and its pool outlives it.
class Storage {
public:
    virtual ~Storage() = default;
    virtual db::Database& database() = 0;
    virtual Journal& journal() = 0;
    virtual Repositories& repositories() = 0;
    virtual const crypto::KeyRing& keys() const = 0;
    /// This node's name in turns and in its audit chain; the same after a restart.
    virtual const std::string& node() const = 0;
    virtual JournalStats journal_stats() const = 0;
    /// Writes what waits and the last checkpoint; then no more Commits. Called by the destructor, too.
    virtual void stop() = 0;
};

/// Opens `siyu.db` with `master.key` in the directory, makes both in an empty one, brings the tables up to date and starts the
/// journal. Blocking. The caller holds the directory's lock. The error's detail is a sentence for the terminal.
Result<std::unique_ptr<Storage>> open(Options options);

/// For commands that only look (`siyu audit verify`), also beside a running server: nothing is made, migrated or recorded.
struct Inspection {
    std::unique_ptr<db::Connection> connection;
    crypto::KeyRing keys;
};
Result<Inspection> inspect(const std::filesystem::path& directory);

} // namespace siyu::storage
