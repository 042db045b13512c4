#pragma once

// A checkpoint says how far a chain had come; signed by a key outside the database, it stands in the table audit_checkpoints
// and, one a line, in DIR/audit/checkpoints:
//
//   line = body HTAB base64url(signature) LF
//   body = JSON object, members in this order: at chain hash number previous seq v
//
// "number" counts from 1 in each chain, "hash" is that of the record "seq", "previous" is the SHA-256 of the body before (zeros
// before the first), "v" is 1; hashes in hexadecimal. The signature is Ed25519 over "siyu audit checkpoint v1" LF body.

#include "core/crypto/key_ring.hpp"

namespace siyu::storage {

struct Checkpoint {
    Time at;
    std::string chain;
    crypto::Digest hash{};
    std::int64_t number = 0;
    crypto::Digest previous{};
    std::int64_t seq = 0;
};

struct SignedCheckpoint {
    Checkpoint says;
    Bytes body;
    Bytes signature;
};

SignedCheckpoint sign_checkpoint(const crypto::KeyRing& keys, const Checkpoint& checkpoint);

/// Errc::corrupt when it does not read; the signature is not looked at.
Result<SignedCheckpoint> read_checkpoint(ByteView body, ByteView signature);
bool is_authentic(const crypto::KeyRing& keys, const SignedCheckpoint& checkpoint);

std::string to_line(const SignedCheckpoint& checkpoint);
Result<SignedCheckpoint> read_checkpoint_line(std::string_view line);

} // namespace siyu::storage
