#include "state/storage/audit_checkpoint.hpp"

#include "core/base/json.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace siyu::storage {
namespace {

constexpr std::int64_t checkpoint_format = 1;

Bytes signed_text(ByteView body)
{
    constexpr std::string_view purpose = "siyu audit checkpoint v1\n";
    Bytes text(purpose.begin(), purpose.end());
    text.insert(text.end(), body.begin(), body.end());
    return text;
}

crypto::Digest digest_of(const json::value& value)
{
    const auto bytes = from_hex(value.as_string());
    crypto::Digest digest{};
    if (!bytes || bytes->size() != digest.size())
        throw std::invalid_argument("hash");
    std::ranges::copy(*bytes, digest.begin());
    return digest;
}

Checkpoint checkpoint_of(const json::object& object)
{
    if (object.at("v").as_int64() != checkpoint_format)
        throw std::invalid_argument("format");
    return {.at = from_micros(object.at("at").as_int64()),
        .chain = std::string(object.at("chain").as_string()),
        .hash = digest_of(object.at("hash")),
        .number = object.at("number").as_int64(),
        .previous = digest_of(object.at("previous")),
        .seq = object.at("seq").as_int64()};
}

} // namespace

SignedCheckpoint sign_checkpoint(const crypto::KeyRing& keys, const Checkpoint& checkpoint)
{
    json::object object;
    object.emplace("at", to_micros(checkpoint.at));
    object.emplace("chain", checkpoint.chain);
    object.emplace("hash", to_hex(checkpoint.hash));
    object.emplace("number", checkpoint.number);
    object.emplace("previous", to_hex(checkpoint.previous));
    object.emplace("seq", checkpoint.seq);
    object.emplace("v", checkpoint_format);
    auto body = crypto::to_bytes(as_bytes(json::serialize(object)));
    auto signature = keys.checkpoint_key().sign(signed_text(body));
    return {.says = checkpoint, .body = std::move(body), .signature = std::move(signature)};
}

Result<SignedCheckpoint> read_checkpoint(ByteView body, ByteView signature)
{
    const auto value = parse_json(as_text(body));
    if (!value || !value->is_object())
        return fail(Errc::corrupt, "a checkpoint is not readable");
    try {
        return SignedCheckpoint{.says = checkpoint_of(value->get_object()),
            .body = crypto::to_bytes(body),
            .signature = crypto::to_bytes(signature)};
    } catch (const std::exception&) { // an absent member or one of another type
        return fail(Errc::corrupt, "a checkpoint is not of the known form");
    }
}

bool is_authentic(const crypto::KeyRing& keys, const SignedCheckpoint& checkpoint)
{
    return crypto::is_signed_by(keys.checkpoint_key().public_key(), signed_text(checkpoint.body), checkpoint.signature);
}

std::string to_line(const SignedCheckpoint& checkpoint)
{
    return std::string(as_text(checkpoint.body)) + "\t" + to_base64url(checkpoint.signature) + "\n";
}

Result<SignedCheckpoint> read_checkpoint_line(std::string_view line)
{
    const auto tab = line.find('\t');
    if (tab == std::string_view::npos)
        return fail(Errc::corrupt, "a line of the checkpoint file is not readable");
    const auto signature = from_base64url(line.substr(tab + 1));
    if (!signature)
        return fail(Errc::corrupt, "a line of the checkpoint file is not readable");
    return read_checkpoint(as_bytes(line.substr(0, tab)), *signature);
}

} // namespace siyu::storage
