#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"

#include <compare>
#include <functional>
#include <string>
#include <string_view>

namespace siyu {

/// A new UUIDv7 (RFC 9562, 5.7) in lower case: 48 bits of milliseconds, then random bits from the system's generator.
std::string new_uuid(Time now);

/// True for a UUID of any version in canonical lower-case form.
bool is_uuid(std::string_view text);

/// An id that cannot be taken for another kind's.
template <class Tag> struct Id {
    std::string text;

    auto operator<=>(const Id&) const = default;
    bool is_empty() const { return text.empty(); }

    static Id make(Time now) { return Id{new_uuid(now)}; }

    static Result<Id> parse(std::string_view text)
    {
        if (!is_uuid(text))
            return fail(Errc::invalid, "not a UUID", "bad_id");
        return Id{std::string(text)};
    }
};

} // namespace siyu

template <class Tag> struct std::hash<siyu::Id<Tag>> {
    std::size_t operator()(const siyu::Id<Tag>& id) const noexcept { return std::hash<std::string>()(id.text); }
};
