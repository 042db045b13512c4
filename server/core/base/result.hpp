#pragma once

#include "core/base/error.hpp"

#include <expected>

namespace siyu {

/// A value or an Error. A class, because an alias would lose [[nodiscard]].
template <class T> class [[nodiscard]] Result : public std::expected<T, Error> {
public:
    using std::expected<T, Error>::expected;
    using value_type = T;
};

/// `return fail(Errc::not_found, "…")`, `co_return fail(other.error())`.
inline std::unexpected<Error> fail(Errc code, std::string detail = {}, std::string reason = {}, std::string field = {})
{
    return std::unexpected<Error>(Error(code, std::move(detail), std::move(reason), std::move(field)));
}

inline std::unexpected<Error> fail(Error error)
{
    return std::unexpected<Error>(std::move(error));
}

} // namespace siyu
