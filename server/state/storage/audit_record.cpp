#include "state/storage/audit_record.hpp"

#include "core/base/json.hpp"
#include "core/base/text.hpp"

#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace siyu::storage {
namespace {

/// Writes members in the order of the calls, which is the order of their names.
class Members {
public:
    void text(std::string_view name, std::string_view value)
    {
        if (!value.empty())
            object_.emplace(name, printable(value));
    }
    void number(std::string_view name, std::int64_t value) { object_.emplace(name, value); }
    template <class Map> void map(std::string_view name, const Map& values)
    {
        if (values.empty())
            return;
        json::object inner;
        for (const auto& [key, value] : values) {
            if constexpr (std::is_same_v<typename Map::mapped_type, std::string>)
                inner.emplace(printable(key), printable(value));
            else
                inner.emplace(printable(key), value);
        }
        object_.emplace(name, std::move(inner));
    }
    Bytes bytes() const { return crypto::to_bytes(as_bytes(json::serialize(object_))); }

private:
    json::object object_;
};

std::string text_of(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    return value == nullptr ? std::string() : std::string(value->as_string());
}

Outcome outcome_of(std::string_view text)
{
    for (const auto outcome : {Outcome::success, Outcome::failure, Outcome::denied})
        if (to_string(outcome) == text)
            return outcome;
    throw std::invalid_argument("outcome");
}

AuditRecord record_of(const json::object& object)
{
    if (object.at("v").as_int64() != record_format)
        throw std::invalid_argument("format");
    AuditRecord record{.chain = text_of(object, "chain"), .seq = object.at("seq").as_int64(), .event = {}};
    auto& event = record.event;
    event.tenant = TenantId{text_of(object, "tenant")};
    event.at = from_micros(object.at("at").as_int64());
    event.action = text_of(object, "action");
    event.outcome = outcome_of(text_of(object, "outcome"));
    event.reason = text_of(object, "reason");
    event.actor = text_of(object, "actor");
    event.credential = text_of(object, "credential");
    event.object_type = text_of(object, "object_type");
    event.object_id = text_of(object, "object");
    event.source = text_of(object, "source");
    event.request_id = text_of(object, "request");
    if (const auto* counts = object.if_contains("counts"))
        for (const auto& [name, value] : counts->as_object())
            event.counts.emplace(name, value.as_int64());
    if (const auto* labels = object.if_contains("labels"))
        for (const auto& [name, value] : labels->as_object())
            event.labels.emplace(name, std::string(value.as_string()));
    return record;
}

} // namespace

std::string printable(std::string_view text)
{
    return is_utf8(text) ? std::string(text) : "hex:" + to_hex(as_bytes(text));
}

Bytes encode_record(const AuditRecord& record)
{
    const auto& event = record.event;
    Members members;
    members.text("action", event.action);
    members.text("actor", event.actor);
    members.number("at", to_micros(event.at));
    members.text("chain", record.chain);
    members.map("counts", event.counts);
    members.text("credential", event.credential);
    members.map("labels", event.labels);
    members.text("object", event.object_id);
    members.text("object_type", event.object_type);
    members.text("outcome", to_string(event.outcome));
    members.text("reason", event.reason);
    members.text("request", event.request_id);
    members.number("seq", record.seq);
    members.text("source", event.source);
    members.text("tenant", event.tenant.text);
    members.number("v", record_format);
    return members.bytes();
}

Result<AuditRecord> decode_record(ByteView body)
{
    const auto value = parse_json(as_text(body));
    if (!value || !value->is_object())
        return fail(Errc::corrupt, "an audit record is not readable");
    try {
        return record_of(value->get_object());
    } catch (const std::exception&) { // a member is absent or of another type: Boost.JSON's accessors say so by throwing
        return fail(Errc::corrupt, "an audit record is not of the known form");
    }
}

crypto::Digest hash_record(const crypto::Digest& previous, ByteView body)
{
    Bytes text = {0};
    text.insert(text.end(), previous.begin(), previous.end());
    text.insert(text.end(), body.begin(), body.end());
    return crypto::sha256(text);
}

crypto::Digest authenticate_record(const crypto::KeyRing& keys, const crypto::Digest& hash)
{
    return keys.audit_mac("record", hash);
}

} // namespace siyu::storage
