#pragma once

#include "core/base/clock.hpp"
#include "core/domain/audit_event.hpp"
#include "state/storage/audit_files.hpp"
#include "state/storage/journal.hpp"

namespace siyu::storage {

/// This node's chain: gives each event its place, publishes the head, signs checkpoints. Lives on the writer's thread; the keys
/// outlive it.
///
/// The head outside the database is the authority: the chain goes on from it, never from behind it. So when the database was
/// rolled back or cut, the missing numbers stay missing for the verifier to see, and `finding` is recorded as an event.
class AuditTrail {
public:
    struct Position {
        std::int64_t seq = 0;
        crypto::Digest hash{};
    };

    static Result<AuditTrail> open(db::Connection& connection, const std::filesystem::path& directory,
        const crypto::KeyRing& keys, std::string chain, Time now);

    /// What did not fit at the opening: a stable code, empty when all did.
    const std::string& finding() const { return finding_; }

    /// The row for an event at the next place. Takes effect with `publish`, or is taken back with `rewind`.
    Change append(AuditEvent event);
    Position position() const { return position_; }
    void rewind(const Position& position) { position_ = position; }

    /// At the start: what a crash left undone beside the database.
    Result<void> settle();
    /// After the transaction is on disk: the head follows.
    Result<void> publish();

    bool is_checkpoint_due(Time now) const;
    bool has_news() const { return position_.seq > checkpointed_seq_; }
    /// One more signed checkpoint, in the table and in the file.
    Result<void> checkpoint(db::Connection& connection, Time now);

private:
    AuditTrail(AuditFiles files, const crypto::KeyRing& keys, std::string chain, Time now)
        : files_(std::move(files)), keys_(&keys), chain_(std::move(chain)), checkpointed_at_(now)
    {
    }

    Result<void> find_position(db::Connection& connection, const std::filesystem::path& directory);
    Result<void> find_checkpoint(db::Connection& connection, const std::filesystem::path& directory);
    void remember(const SignedCheckpoint& checkpoint);

    AuditFiles files_;
    const crypto::KeyRing* keys_;
    std::string chain_;
    std::string finding_;
    Position position_;
    std::int64_t checkpoint_ = 0; ///< number of the newest
    crypto::Digest checkpoint_hash_{}; ///< of its body
    std::int64_t filed_ = 0; ///< number of the newest in the file
    std::int64_t checkpointed_seq_ = 0;
    Time checkpointed_at_;
    std::vector<std::string> unfiled_; ///< lines that the table has and the file has not yet
};

} // namespace siyu::storage
