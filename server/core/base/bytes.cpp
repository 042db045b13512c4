#include "core/base/bytes.hpp"

#include <array>

namespace siyu {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64url_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int digit_of(std::string_view digits, char c)
{
    const auto at = digits.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

} // namespace

std::string to_hex(ByteView bytes)
{
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        out += hex_digits[byte >> 4];
        out += hex_digits[byte & 15];
    }
    return out;
}

Result<Bytes> from_hex(std::string_view text)
{
    if (text.size() % 2 != 0)
        return fail(Errc::invalid, "hexadecimal text of odd length");
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = digit_of(hex_digits, text[i]);
        const int low = digit_of(hex_digits, text[i + 1]);
        if (high < 0 || low < 0)
            return fail(Errc::invalid, "not hexadecimal");
        out.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return out;
}

std::string to_base64url(ByteView bytes)
{
    std::string out;
    out.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t pending = 0;
    int bits = 0;
    for (const auto byte : bytes) {
        pending = pending << 8 | byte;
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            out += base64url_digits[pending >> bits & 63];
        }
    }
    if (bits > 0)
        out += base64url_digits[pending << (6 - bits) & 63];
    return out;
}

Result<Bytes> from_base64url(std::string_view text)
{
    Bytes out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t pending = 0;
    int bits = 0;
    for (const char c : text) {
        const int digit = digit_of(base64url_digits, c);
        if (digit < 0)
            return fail(Errc::invalid, "not base64url");
        pending = pending << 6 | static_cast<std::uint32_t>(digit);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<std::uint8_t>(pending >> bits));
        }
    }
    if (bits >= 6 || (pending & ((1U << bits) - 1)) != 0)
        return fail(Errc::invalid, "base64url of impossible length");
    return out;
}

} // namespace siyu
