#pragma once

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

#include <memory>

namespace siyu::crypto {

/// An Ed25519 key (RFC 8032). Thread-safe.
class SigningKey {
public:
    /// `seed`: 32 octets.
    explicit SigningKey(ByteView seed);

    Bytes sign(ByteView data) const;
    const Bytes& public_key() const { return public_key_; }

private:
    struct Free {
        void operator()(void* key) const;
    };
    std::unique_ptr<void, Free> key_; // EVP_PKEY, hidden: OpenSSL's headers stay in this module
    Bytes public_key_;
};

bool is_signed_by(ByteView public_key, ByteView data, ByteView signature);

} // namespace siyu::crypto
