#include "core/crypto/hash.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

namespace siyu::crypto {

Digest sha256(ByteView data)
{
    // Fetched once: OpenSSL 3 looks an algorithm up by name at each implicit fetch.
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    Digest out;
    if (EVP_Digest(data.data(), data.size(), out.data(), nullptr, algorithm, nullptr) != 1)
        throw std::runtime_error("SHA-256 failed");
    return out;
}

Digest hmac_sha256(ByteView key, ByteView data)
{
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    Digest out;
    if (HMAC(algorithm, key.data(), static_cast<int>(key.size()), data.data(), data.size(), out.data(), nullptr) == nullptr)
        throw std::runtime_error("HMAC failed");
    return out;
}

SecretBytes hkdf_sha256(ByteView secret, std::string_view purpose, std::size_t length)
{
    const Digest no_salt{};
    SecretBytes pseudorandom(to_bytes(hmac_sha256(no_salt, secret)));
    SecretBytes out(length);
    Bytes block;
    std::size_t written = 0;
    for (std::uint8_t counter = 1; written < length; ++counter) {
        block.insert(block.end(), purpose.begin(), purpose.end());
        block.push_back(counter);
        const auto digest = hmac_sha256(pseudorandom.view(), block);
        const auto count = std::min(digest.size(), length - written);
        std::copy_n(digest.begin(), count, out.writable().begin() + static_cast<std::ptrdiff_t>(written));
        written += count;
        wipe(block);
        block.assign(digest.begin(), digest.end());
    }
    wipe(block);
    return out;
}

bool equal_in_constant_time(ByteView a, ByteView b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace siyu::crypto
