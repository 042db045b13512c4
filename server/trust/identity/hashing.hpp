#pragma once

#include "core/async/blocking_pool.hpp"

#include <string>

namespace siyu::identity {

// argon2 where it holds nobody up: on its own pool, whose bounded queue answers "busy" (Errc::unavailable) rather than grow.
// The password is wiped when it is done with.

Task<Result<std::string>> hash_on(async::BlockingPool& pool, std::string password);
Task<Result<bool>> verify_on(async::BlockingPool& pool, std::string hash, std::string password);

} // namespace siyu::identity
