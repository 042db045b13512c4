#pragma once

#include "core/base/clock.hpp"
#include "state/storage/audit_trail.hpp"
#include "state/storage/journal_queue.hpp"
#include "state/storage/storage.hpp"

#include <thread>

namespace siyu::storage {

/// The journal over a database connection of its own. One thread writes: it takes what waits, up to `group_max` Commits, into
/// one transaction, publishes the chain's head, and only then answers the callers.
///
/// A Commit that the rows do not admit is undone by its savepoint and hurts nobody else. When the engine itself cannot write,
/// the group is undone and each member tried alone; then those that wait are told `unavailable`, and those that do not wait are
/// kept.
class SqlJournal final : public Journal {
public:
    /// Blocking. Puts an event into the log when what it finds there does not fit the head.
    static Result<std::unique_ptr<SqlJournal>> open(db::Database& database, const std::filesystem::path& directory,
        const crypto::KeyRing& keys, std::string chain, const Clock& clock, std::function<void(std::string)> report);
    ~SqlJournal() override;

    Task<Result<void>> commit(Commit commit) override;
    bool submit(Commit commit) override;

    /// Writes what waits and a last checkpoint, and ends the thread. Later Commits are answered `unavailable`.
    void stop();
    JournalStats stats() const;

private:
    SqlJournal(std::unique_ptr<db::Connection> connection, AuditTrail trail, const Clock& clock,
        std::function<void(std::string)> report);

    Result<void> start();
    void run();
    void write(std::vector<PendingCommit> group);
    Result<void> write_transaction(std::span<PendingCommit> group, std::span<Result<void>> outcomes);
    Result<void> apply(Commit& commit);
    Result<void> apply_in_savepoint(Commit& commit);
    void note(const Result<void>& written);

    std::unique_ptr<db::Connection> connection_; // the writer's thread alone uses it and the trail
    AuditTrail trail_;
    const Clock& clock_;
    std::function<void(std::string)> report_;
    bool is_failing_ = false;
    JournalQueue queue_;
    std::thread thread_;
};

} // namespace siyu::storage
