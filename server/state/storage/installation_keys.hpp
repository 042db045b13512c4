#pragma once

#include "core/crypto/key_ring.hpp"
#include "io/db/database.hpp"

#include <filesystem>

namespace siyu::storage {

/// The ring of the directory's `master.key`. It is made only while there is no database yet. Errors are sentences.
Result<crypto::KeyRing> load_or_make_keys(const std::filesystem::path& directory);
Result<crypto::KeyRing> load_keys(const std::filesystem::path& directory);

/// Holds the ring against the database's canary and takes the tenants' keys from it; a database without a tenant gets the first
/// one, its key and the canary. Errc::conflict, with a sentence, when the master key is another's.
Result<void> join_keys(db::Connection& connection, crypto::KeyRing& keys, Time now);
/// The same, but only reading.
Result<void> check_keys(db::Connection& connection, crypto::KeyRing& keys);

} // namespace siyu::storage
