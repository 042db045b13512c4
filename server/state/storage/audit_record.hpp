#pragma once

// An audit record's canonical bytes, format 1: a JSON object (RFC 8259) without blanks, its members sorted by name, and so
// those of "counts" and "labels"; members that are empty are left out; those marked ! never are.
//
//   action! actor! at! chain! counts credential labels object object_type outcome! reason request seq! source tenant! v!
//
// "at" is in microseconds, "v" is 1. Text that is no UTF-8 (nothing of ours is) stands as "hex:" and its octets.
//
//   hash(n) = SHA-256( %x00 hash(n-1) body(n) )        hash(0) = 32 octets of zero
//   mac(n)  = HMAC-SHA-256( audit key, "record" LF hash(n) )
//
// so that nobody without the key can rewrite a record, not even with all later hashes.

#include "core/crypto/key_ring.hpp"
#include "core/domain/audit_event.hpp"

namespace siyu::storage {

inline constexpr std::int64_t record_format = 1;

struct AuditRecord {
    std::string chain;
    std::int64_t seq = 0;
    AuditEvent event;
};

/// The text, or "hex:" and its octets where it is no UTF-8.
std::string printable(std::string_view text);

Bytes encode_record(const AuditRecord& record);

/// Errc::corrupt for what encode_record does not make.
Result<AuditRecord> decode_record(ByteView body);

crypto::Digest hash_record(const crypto::Digest& previous, ByteView body);
crypto::Digest authenticate_record(const crypto::KeyRing& keys, const crypto::Digest& hash);

} // namespace siyu::storage
