#pragma once

#include "core/crypto/key_ring.hpp"
#include "io/db/database.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace siyu::audit {

struct Verification {
    std::int64_t events = 0;
    std::vector<std::string> findings; ///< a sentence each; the first `findings_max`, then how many more there are
    bool is_intact() const { return findings.empty(); }
};

/// Holds the whole audit log against its hashes, its authentication codes, its signed checkpoints and the head outside the
/// database. `data_directory` holds `audit/`. Reads only, and a server may go on writing meanwhile. Blocking: minutes on a long
/// log. An Error means that it could not be read at all, which is no verdict.
Result<Verification> verify(
    db::Connection& connection, const std::filesystem::path& data_directory, const crypto::KeyRing& keys);

} // namespace siyu::audit
