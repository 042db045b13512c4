#pragma once

#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"

#include <filesystem>

namespace siyu::crypto {

// The key above all keys: 32 random octets in a file outside the database.
//
//   file = "siyu-master-key-v1" LF base64url LF

/// Errc::not_found without a file; invalid when it is damaged or others may read it.
Result<SecretBytes> load_master_key(const std::filesystem::path& file);

/// A new key in a new file (0600), on disk when this returns. Errc::conflict when the file exists.
Result<SecretBytes> create_master_key(const std::filesystem::path& file);

} // namespace siyu::crypto
