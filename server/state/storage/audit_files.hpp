#pragma once

// What of the audit log stands outside the database, in DIR/audit, so that cutting or restoring the database is found:
//
//   head        how far this node's chain has come, rewritten in place after each transaction
//   checkpoints one signed checkpoint a line, only ever appended
//   public.key  "ed25519 " base64url LF: with it anybody can check the signatures
//
//   head  = "siyu-audit-head-v1" SP chain SP seq SP hash SP checkpoint SP mac LF
//   chain = UUID; seq, checkpoint = 19DIGIT; hash, mac = 64HEXDIG
//   mac   = HMAC-SHA-256( audit key, "head" LF all before the last SP )

#include "core/crypto/key_ring.hpp"
#include "state/storage/audit_checkpoint.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace siyu::storage {

struct AuditHead {
    std::string chain;
    std::int64_t seq = 0;
    crypto::Digest hash{};
    std::int64_t checkpoint = 0; ///< number of the newest checkpoint
};

std::filesystem::path head_file(const std::filesystem::path& directory);
std::filesystem::path checkpoints_file(const std::filesystem::path& directory);
std::filesystem::path public_key_file(const std::filesystem::path& directory);

std::string to_text(const crypto::KeyRing& keys, const AuditHead& head);
/// Errc::corrupt for a text that the key did not make.
Result<AuditHead> read_head(const crypto::KeyRing& keys, std::string_view text);
/// Nothing when there is no file.
Result<std::optional<AuditHead>> load_head(const std::filesystem::path& directory, const crypto::KeyRing& keys);

std::string public_key_text(const crypto::KeyRing& keys);

/// The whole file; nothing when there is none. Errc::unavailable when it cannot be read.
Result<std::optional<std::string>> read_file(const std::filesystem::path& file);
/// The end of a file, from a line's beginning on; empty when there is none.
Result<std::string> read_tail(const std::filesystem::path& file);
/// Its whole lines, without their ends; what a crash left of a last one is not among them.
std::vector<std::string_view> whole_lines(std::string_view text);

/// The files as the journal writes them. Lives on the writer's thread.
class AuditFiles {
public:
    /// Makes what is absent, readable by the owner alone.
    static Result<AuditFiles> open(const std::filesystem::path& directory, const crypto::KeyRing& keys);

    AuditFiles(AuditFiles&& other) noexcept;
    AuditFiles& operator=(AuditFiles&&) = delete;
    AuditFiles(const AuditFiles&) = delete;
    AuditFiles& operator=(const AuditFiles&) = delete;
    ~AuditFiles();

    /// In the hands of the system when this returns: it survives the process, and after a power cut the start repairs it.
    Result<void> write_head(const std::string& text);
    /// On disk when this returns; on failure nothing of it stays.
    Result<void> append_checkpoint(const std::string& line);

private:
    AuditFiles(int head, int checkpoints) : head_(head), checkpoints_(checkpoints) { }

    int head_;
    int checkpoints_;
};

} // namespace siyu::storage
