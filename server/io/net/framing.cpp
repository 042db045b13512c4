#include "io/net/framing.hpp"

#include "core/base/text.hpp"

#include <charconv>

namespace siyu::http {

namespace {

constexpr std::size_t length_digits_max = 18; // fits 63 bits whatever the digits

bool read_length(std::string_view text, std::uint64_t& length)
{
    if (text.empty() || text.size() > length_digits_max || text.find_first_not_of("0123456789") != std::string_view::npos)
        return false;
    std::from_chars(text.data(), text.data() + text.size(), length);
    return true;
}

} // namespace

BodyFields read_body_fields(const Headers& headers, int minor_version)
{
    BodyFields fields;
    int lengths = 0;
    int codings = 0;
    for (const auto& [name, value] : headers.fields()) {
        if (equals_ignoring_case(name, "content-length")) {
            ++lengths;
            fields.framing = Framing::length;
            if (!read_length(value, fields.length))
                fields.refusal = malformed;
        } else if (equals_ignoring_case(name, "transfer-encoding")) {
            ++codings;
            fields.framing = Framing::chunked;
            if (!equals_ignoring_case(value, "chunked"))
                fields.refusal = {501, "transfer_coding_unknown"};
        }
    }
    if (lengths + codings > 1 || (codings > 0 && minor_version == 0))
        fields.refusal = malformed;
    return fields;
}

} // namespace siyu::http
