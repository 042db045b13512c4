#include "core/crypto/signature.hpp"

#include <openssl/evp.h>

#include <stdexcept>

namespace siyu::crypto {
namespace {

constexpr std::size_t signature_bytes = 64;
constexpr std::size_t public_key_bytes = 32;

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

void require(bool succeeded)
{
    if (!succeeded)
        throw std::runtime_error("Ed25519 failed");
}

} // namespace

void SigningKey::Free::operator()(void* key) const
{
    EVP_PKEY_free(static_cast<EVP_PKEY*>(key));
}

SigningKey::SigningKey(ByteView seed)
    : key_(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size())), public_key_(public_key_bytes)
{
    require(key_ != nullptr);
    auto length = public_key_.size();
    require(EVP_PKEY_get_raw_public_key(static_cast<EVP_PKEY*>(key_.get()), public_key_.data(), &length) == 1);
}

Bytes SigningKey::sign(ByteView data) const
{
    const Context context(EVP_MD_CTX_new());
    require(context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, static_cast<EVP_PKEY*>(key_.get())) == 1);
    Bytes out(signature_bytes);
    auto length = out.size();
    require(EVP_DigestSign(context.get(), out.data(), &length, data.data(), data.size()) == 1);
    return out;
}

bool is_signed_by(ByteView public_key, ByteView data, ByteView signature)
{
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(), public_key.size()), EVP_PKEY_free);
    const Context context(EVP_MD_CTX_new());
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1
        && EVP_DigestVerify(context.get(), signature.data(), signature.size(), data.data(), data.size()) == 1;
}

} // namespace siyu::crypto
