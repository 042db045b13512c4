#pragma once

// Sealed content, as it stands in a column:
//
//   sealed     = header nonce ciphertext tag
//   header     = version suite key-id
//   version    = %x01
//   suite      = %x01                 ; AES-256-GCM
//   key-id     = 8OCTET               ; derived from the key, names it without telling it
//   nonce      = 12OCTET              ; random
//   ciphertext = *OCTET               ; as long as the plaintext
//   tag        = 16OCTET
//
// What is authenticated beside the ciphertext:
//
//   aad          = header aad-version tenant table column conversation row revision level
//   aad-version  = %x01
//   tenant, table, column, conversation, row = length *OCTET
//   length       = 4OCTET             ; big-endian
//   revision     = 8OCTET             ; big-endian
//   level        = OCTET
//
// so a value opens only in the row, the column, the revision and under the level for which it was sealed.

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"
#include "core/domain/ids.hpp"
#include "core/domain/level.hpp"

#include <array>
#include <string>
#include <string_view>

namespace siyu::crypto {

inline constexpr std::size_t sealing_key_bytes = 32;
inline constexpr std::size_t sealed_overhead_bytes = 1 + 1 + 8 + 12 + 16;

/// A key for AES-256-GCM with its id. Read-only, so threads may share it.
class SealingKey {
public:
    using Id = std::array<std::uint8_t, 8>;

    explicit SealingKey(SecretBytes key);
    static SealingKey make();

    ByteView key() const { return key_.view(); }
    const Id& id() const { return id_; }

private:
    SecretBytes key_;
    Id id_;
};

/// Where a sealed value stands. `level` and `revision` are the row's own columns.
struct SealPlace {
    TenantId tenant;
    std::string_view table;
    std::string_view column;
    std::string conversation; ///< empty for what belongs to none
    std::string row;
    std::int64_t revision = 0;
    Level level = default_level;
};

Bytes seal(const SealingKey& key, const SealPlace& place, ByteView plaintext);

/// Errc::corrupt when anything differs from the sealing: a bit, the key, the place. The error names the place, no content.
Result<Bytes> open(const SealingKey& key, const SealPlace& place, ByteView sealed);

} // namespace siyu::crypto
