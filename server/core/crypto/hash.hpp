#pragma once

#include "core/base/bytes.hpp"
#include "core/crypto/secret_bytes.hpp"

#include <array>
#include <string_view>

namespace siyu::crypto {

using Digest = std::array<std::uint8_t, 32>;

inline Bytes to_bytes(ByteView view)
{
    return {view.begin(), view.end()};
}

Digest sha256(ByteView data);
Digest hmac_sha256(ByteView key, ByteView data);

/// A subkey for one purpose (RFC 5869, no salt: the secret is uniformly random already).
SecretBytes hkdf_sha256(ByteView secret, std::string_view purpose, std::size_t length = 32);

/// Takes the same time wherever they differ.
bool equal_in_constant_time(ByteView a, ByteView b);

} // namespace siyu::crypto
