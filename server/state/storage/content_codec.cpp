#include "state/storage/content_codec.hpp"

#include "core/base/json.hpp"
#include "core/base/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace siyu::storage {
namespace {

constexpr std::int64_t content_version = 1;

void add_part(json::array& parts, std::string_view type, const std::string& text)
{
    if (!text.empty())
        parts.push_back(json::object({{"type", type}, {"text", text}}));
}

/// The member's text, or nothing when there is none.
const json::string* text_of(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    return value == nullptr ? nullptr : value->if_string();
}

void take_part(Content& content, json::value part)
{
    const auto* object = part.if_object();
    const auto* type = object == nullptr ? nullptr : text_of(*object, "type");
    const auto* text = object == nullptr ? nullptr : text_of(*object, "text");
    if (type != nullptr && text != nullptr && *type == "text")
        content.text += std::string_view(*text);
    else if (type != nullptr && text != nullptr && *type == "reasoning")
        content.reasoning += std::string_view(*text);
    else
        content.unknown_parts.push_back(std::move(part));
}

} // namespace

Result<std::string> encode_content(const Content& content)
{
    if (!is_utf8(content.text) || !is_utf8(content.reasoning))
        return fail(Errc::invalid, "content that is not UTF-8", "bad_encoding");
    json::array parts;
    add_part(parts, "reasoning", content.reasoning);
    add_part(parts, "text", content.text);
    parts.insert(parts.end(), content.unknown_parts.begin(), content.unknown_parts.end());
    return json::serialize(json::object({{"v", content_version}, {"parts", std::move(parts)}}));
}

Result<Content> decode_content(ByteView opened)
{
    auto value = parse_json(as_text(opened));
    auto* object = value ? value->if_object() : nullptr;
    if (object == nullptr)
        return fail(Errc::corrupt, "sealed content is not readable");
    const auto* version = object->if_contains("v");
    auto* parts = object->if_contains("parts");
    if (version == nullptr || !version->is_int64() || parts == nullptr || !parts->is_array())
        return fail(Errc::corrupt, "sealed content is not of the known form");
    if (version->get_int64() > content_version)
        return fail(Errc::corrupt, "sealed content of a newer version");
    Content content;
    for (auto& part : parts->get_array())
        take_part(content, std::move(part));
    return content;
}

} // namespace siyu::storage
