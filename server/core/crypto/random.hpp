#pragma once

#include "core/base/bytes.hpp"

#include <span>
#include <string>

namespace siyu::crypto {

/// From OpenSSL's generator. Aborts when it has no randomness: no key or nonce would be safe.
void fill_random(std::span<std::uint8_t> out);
Bytes random_bytes(std::size_t count);

/// For cookies, keys and links: `bytes` random octets as base64url.
std::string random_token(std::size_t bytes = 32);

} // namespace siyu::crypto
