#include "core/crypto/password.hpp"

#include "core/crypto/random.hpp"

#include <argon2.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace siyu::crypto {
namespace {

constexpr std::uint32_t memory_kib = 19'456;
constexpr std::uint32_t passes = 2;
constexpr std::uint32_t lanes = 1;
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;

// What a stored hash may cost at most: older or newer programs' choices fit, a planted bomb does not.
constexpr std::uint32_t memory_kib_max = 65'536;
constexpr std::uint32_t passes_max = 10;
constexpr std::uint32_t lanes_max = 4;
constexpr std::size_t phc_chars_max = 256;

struct Costs {
    std::uint32_t memory_kib = 0;
    std::uint32_t passes = 0;
    std::uint32_t lanes = 0;
};

bool skip(std::string_view& text, std::string_view expected)
{
    if (!text.starts_with(expected))
        return false;
    text.remove_prefix(expected.size());
    return true;
}

bool read_number(std::string_view& text, std::uint32_t& out)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc())
        return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

/// phc = "$argon2id$v=19$m=" number ",t=" number ",p=" number "$" salt "$" hash
std::optional<Costs> read_costs(std::string_view phc)
{
    Costs costs;
    if (phc.size() > phc_chars_max || !skip(phc, "$argon2id$v=19$m=") || !read_number(phc, costs.memory_kib)
        || !skip(phc, ",t=") || !read_number(phc, costs.passes) || !skip(phc, ",p=") || !read_number(phc, costs.lanes)
        || !skip(phc, "$") || phc.find('\0') != std::string_view::npos)
        return std::nullopt;
    return costs;
}

bool is_affordable(const Costs& costs)
{
    return costs.memory_kib >= 8 && costs.memory_kib <= memory_kib_max && costs.passes >= 1 && costs.passes <= passes_max
        && costs.lanes >= 1 && costs.lanes <= lanes_max;
}

/// Base64 as PHC strings have it: the ordinary alphabet, no padding.
std::string phc_base64(ByteView bytes)
{
    auto out = to_base64url(bytes);
    std::ranges::replace(out, '-', '+');
    std::ranges::replace(out, '_', '/');
    return out;
}

} // namespace

Result<std::string> hash_password(std::string_view password)
{
    std::string phc(phc_chars_max, '\0');
    const auto salt = random_bytes(salt_bytes);
    const int status = argon2id_hash_encoded(passes, memory_kib, lanes, password.data(), password.size(), salt.data(),
        salt.size(), hash_bytes, phc.data(), phc.size());
    if (status != ARGON2_OK)
        return fail(Errc::unavailable, std::string("argon2: ") + argon2_error_message(status));
    phc.resize(phc.find('\0'));
    return phc;
}

Result<bool> verify_password(std::string_view phc, std::string_view password)
{
    const auto costs = read_costs(phc);
    if (!costs || !is_affordable(*costs))
        return fail(Errc::corrupt, "a stored password hash is no argon2id hash of bearable cost");
    const int status = argon2id_verify(std::string(phc).c_str(), password.data(), password.size());
    if (status == ARGON2_OK)
        return true;
    if (status == ARGON2_VERIFY_MISMATCH)
        return false;
    if (status == ARGON2_MEMORY_ALLOCATION_ERROR || status == ARGON2_THREAD_FAIL)
        return fail(Errc::unavailable, std::string("argon2: ") + argon2_error_message(status));
    return fail(Errc::corrupt, std::string("a stored password hash cannot be read: ") + argon2_error_message(status));
}

bool needs_rehash(std::string_view phc)
{
    const auto costs = read_costs(phc);
    return !costs || costs->memory_kib != memory_kib || costs->passes != passes || costs->lanes != lanes;
}

std::string_view unmatchable_hash()
{
    // A random hash, not one of some password: it costs nothing to make, and nobody can know what matches it.
    static const std::string phc = "$argon2id$v=19$m=" + std::to_string(memory_kib) + ",t=" + std::to_string(passes) + ",p="
        + std::to_string(lanes) + "$" + phc_base64(random_bytes(salt_bytes)) + "$" + phc_base64(random_bytes(hash_bytes));
    return phc;
}

} // namespace siyu::crypto
