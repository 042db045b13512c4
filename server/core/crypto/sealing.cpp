#include "core/crypto/sealing.hpp"

#include "core/crypto/hash.hpp"
#include "core/crypto/random.hpp"

#include <openssl/evp.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace siyu::crypto {
namespace {

constexpr std::uint8_t format_version = 1;
constexpr std::uint8_t suite_aes_256_gcm = 1;
constexpr std::uint8_t aad_version = 1;
constexpr std::size_t header_bytes = 10;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)>;

Cipher make_cipher()
{
    return {EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free};
}

const EVP_CIPHER* aes_256_gcm()
{
    static const EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return algorithm;
}

void append_number(Bytes& out, std::uint64_t number, int octets)
{
    for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(number >> shift));
}

void append_field(Bytes& out, std::string_view field)
{
    append_number(out, field.size(), 4);
    out.insert(out.end(), field.begin(), field.end());
}

Bytes header_of(const SealingKey& key)
{
    Bytes out = {format_version, suite_aes_256_gcm};
    out.insert(out.end(), key.id().begin(), key.id().end());
    return out;
}

Bytes aad_of(ByteView header, const SealPlace& place)
{
    Bytes out(header.begin(), header.end());
    out.push_back(aad_version);
    append_field(out, place.tenant.text);
    append_field(out, place.table);
    append_field(out, place.column);
    append_field(out, place.conversation);
    append_field(out, place.row);
    append_number(out, static_cast<std::uint64_t>(place.revision), 8);
    out.push_back(static_cast<std::uint8_t>(place.level));
    return out;
}

#ifdef SIYU_SANITIZED
/// For one test, which shows that the search for canaries can find them: SIYU_TEST_UNSEALED=1 leaves the text in clear. Only
/// builds for tests know it.
bool is_switched_off()
{
    static const bool off = std::getenv("SIYU_TEST_UNSEALED") != nullptr;
    return off;
}
#else
constexpr bool is_switched_off()
{
    return false;
}
#endif

std::string name_of(const SealPlace& place)
{
    return std::string(place.table) + "." + std::string(place.column) + " of " + place.row;
}

} // namespace

SealingKey::SealingKey(SecretBytes key) : key_(std::move(key))
{
    if (key_.size() != sealing_key_bytes)
        throw std::logic_error("a sealing key of wrong size");
    const auto derived = hkdf_sha256(key_.view(), "siyu key id v1", id_.size());
    std::ranges::copy(derived.view(), id_.begin());
}

SealingKey SealingKey::make()
{
    SecretBytes key(sealing_key_bytes);
    fill_random(key.writable());
    return SealingKey(std::move(key));
}

Bytes seal(const SealingKey& key, const SealPlace& place, ByteView plaintext)
{
    if (is_switched_off())
        return to_bytes(plaintext);
    Bytes out = header_of(key);
    const auto aad = aad_of(out, place);
    out.resize(header_bytes + nonce_bytes + plaintext.size() + tag_bytes);
    const auto nonce = std::span(out).subspan(header_bytes, nonce_bytes);
    fill_random(nonce);
    auto* const ciphertext = nonce.data() + nonce_bytes;

    const auto cipher = make_cipher();
    int written = 0;
    int rest = 0;
    const bool sealed = cipher && EVP_EncryptInit_ex2(cipher.get(), aes_256_gcm(), key.key().data(), nonce.data(), nullptr) == 1
        && EVP_EncryptUpdate(cipher.get(), nullptr, &written, aad.data(), static_cast<int>(aad.size())) == 1
        && EVP_EncryptUpdate(cipher.get(), ciphertext, &written, plaintext.data(), static_cast<int>(plaintext.size())) == 1
        && EVP_EncryptFinal_ex(cipher.get(), ciphertext + plaintext.size(), &rest) == 1
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tag_bytes), ciphertext + plaintext.size())
            == 1;
    if (!sealed)
        throw std::runtime_error("AES-256-GCM failed"); // out of memory: what is half sealed must not be stored
    return out;
}

Result<Bytes> open(const SealingKey& key, const SealPlace& place, ByteView sealed)
{
    if (is_switched_off())
        return to_bytes(sealed);
    if (sealed.size() < sealed_overhead_bytes)
        return fail(Errc::corrupt, "sealed value too short: " + name_of(place));
    const auto header = sealed.first(header_bytes);
    if (header[0] != format_version || header[1] != suite_aes_256_gcm)
        return fail(Errc::corrupt, "sealed in a form that this version does not know: " + name_of(place));
    if (!std::ranges::equal(header.subspan(2), key.id()))
        return fail(Errc::corrupt, "sealed with another key: " + name_of(place));

    const auto nonce = sealed.subspan(header_bytes, nonce_bytes);
    const auto ciphertext = sealed.subspan(header_bytes + nonce_bytes, sealed.size() - sealed_overhead_bytes);
    Bytes tag = to_bytes(sealed.last(tag_bytes)); // OpenSSL wants it writable
    const auto aad = aad_of(header, place);

    Bytes out(ciphertext.size());
    const auto cipher = make_cipher();
    int written = 0;
    const bool opened = cipher && EVP_DecryptInit_ex2(cipher.get(), aes_256_gcm(), key.key().data(), nonce.data(), nullptr) == 1
        && EVP_DecryptUpdate(cipher.get(), nullptr, &written, aad.data(), static_cast<int>(aad.size())) == 1
        && EVP_DecryptUpdate(cipher.get(), out.data(), &written, ciphertext.data(), static_cast<int>(ciphertext.size())) == 1
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag_bytes), tag.data()) == 1
        && EVP_DecryptFinal_ex(cipher.get(), out.data() + out.size(), &written) == 1;
    if (!opened) {
        wipe(out);
        return fail(Errc::corrupt, "sealed value does not open in its place: " + name_of(place));
    }
    return out;
}

} // namespace siyu::crypto
