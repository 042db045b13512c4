#include "core/crypto/random.hpp"

#include <openssl/rand.h>

#include <cstdlib>

namespace siyu::crypto {

void fill_random(std::span<std::uint8_t> out)
{
    if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1)
        std::abort();
}

Bytes random_bytes(std::size_t count)
{
    Bytes out(count);
    fill_random(out);
    return out;
}

std::string random_token(std::size_t bytes)
{
    return to_base64url(random_bytes(bytes));
}

} // namespace siyu::crypto
