#include "trust/identity/hashing.hpp"

#include "core/crypto/password.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace siyu::identity {

Task<Result<std::string>> hash_on(async::BlockingPool& pool, std::string password)
{
    auto hash = co_await pool.run([&password] { return crypto::hash_password(password); });
    crypto::wipe(password);
    co_return hash;
}

Task<Result<bool>> verify_on(async::BlockingPool& pool, std::string hash, std::string password)
{
    auto matches = co_await pool.run([&hash, &password] { return crypto::verify_password(hash, password); });
    crypto::wipe(password);
    co_return matches;
}

} // namespace siyu::identity
