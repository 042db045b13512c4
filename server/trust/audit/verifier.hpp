#pragma once

#include "core/crypto/key_ring.hpp"
#include "io/db/database.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace siyu::audit {

/// The gravest kind of finding, in rising order; `siyu audit verify` ends with the number.
enum class Verdict {
    intact = 0,
    shortened = 3, ///< the end is missing, or an older state was put in place
    forged = 4, ///< a signature or a code outside the records is wrong
    altered = 2, ///< records were changed, dropped, reordered or inserted
};

struct Verification {
    std::int64_t events = 0;
    Verdict verdict = Verdict::intact;
    std::vector<std::string> findings; ///< a sentence each; the first `findings_max`, then how many more there are
    bool is_intact() const { return findings.empty(); }
};

/// Holds the whole audit log against its hashes, its authentication codes, its signed checkpoints and the head outside the
/// database. `data_directory` holds `audit/`. Reads only, and a server may go on writing meanwhile. Blocking: minutes on a long
/// log. An Error means that it could not be read at all, which is no verdict.
Result<Verification> verify(
    db::Connection& connection, const std::filesystem::path& data_directory, const crypto::KeyRing& keys);

} // namespace siyu::audit
