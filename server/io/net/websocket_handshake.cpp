#include "io/net/websocket_handshake.hpp"

#include "core/base/text.hpp"
#include "io/net/field.hpp"

#include <openssl/evp.h>

#include <array>

namespace siyu::http {

namespace {

constexpr std::string_view guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3

// Base64 of sixteen bytes: the last digit before the padding carries four bits that are zero.
bool is_key(std::string_view key)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return key.size() == 24 && key.ends_with("==") && std::string_view("AQgw").contains(key[21])
        && key.substr(0, 22).find_first_not_of(alphabet) == std::string_view::npos;
}

std::string_view only_value(const Headers& headers, std::string_view name)
{
    const auto is_named = [&](const Headers::Field& field) { return equals_ignoring_case(field.first, name); };
    return std::ranges::count_if(headers.fields(), is_named) == 1 ? headers.find(name) : std::string_view();
}

std::string accept_for(std::string_view key)
{
    const auto text = std::string(key).append(guid);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned int bytes = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &bytes, EVP_sha1(), nullptr);
    std::array<unsigned char, 64> encoded;
    const int length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(bytes));
    return std::string(encoded.begin(), encoded.begin() + length);
}

} // namespace

WebSocketHandshake check_handshake(const Request& request)
{
    const auto& headers = request.headers;
    if (!has_element(headers, "upgrade", "websocket") || !has_element(headers, "connection", "upgrade"))
        return {426, {}};
    if (only_value(headers, "sec-websocket-version") != "13")
        return {426, {}};
    const auto key = only_value(headers, "sec-websocket-key");
    if (request.method != "GET" || !is_key(key))
        return {400, {}};
    return {0, accept_for(key)};
}

} // namespace siyu::http
