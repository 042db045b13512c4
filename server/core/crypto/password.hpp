#pragma once

#include "core/base/result.hpp"

#include <string>
#include <string_view>

namespace siyu::crypto {

/// argon2id with 19 MiB, two passes, one lane (OWASP's first choice): about 50 ms, so on the blocking pool only. The answer is
/// a PHC string: $argon2id$v=19$m=19456,t=2,p=1$salt$hash.
Result<std::string> hash_password(std::string_view password);

/// Compares in constant time. Errc::corrupt for a hash that is no argon2id PHC string, or one whose cost is beyond what this
/// program will spend: a planted hash must not stop the server.
Result<bool> verify_password(std::string_view phc, std::string_view password);

/// Made with other costs than `hash_password` takes now.
bool needs_rehash(std::string_view phc);

/// A hash that no password matches, of the same cost as a real one: verified for accounts that do not exist, so that they
/// answer as late as those that do.
std::string_view unmatchable_hash();

} // namespace siyu::crypto
