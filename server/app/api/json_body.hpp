#pragma once

#include "core/base/json.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace siyu::api {

/// Reads the members of a JSON object and keeps the first thing that is wrong. A handler asks for its members, then for
/// `finish()`, which also refuses a member that nobody asked for.
class JsonBody {
public:
    explicit JsonBody(std::string_view text);

    /// Text of `min` to `max` code points, without control characters but line breaks and tabs.
    std::string text(std::string_view name, std::size_t min, std::size_t max);
    std::optional<std::string> optional_text(std::string_view name, std::size_t min, std::size_t max);
    /// Outer empty: the member is absent. Inner empty: it is null.
    std::optional<std::optional<std::string>> nullable_text(std::string_view name, std::size_t min, std::size_t max);
    std::optional<bool> optional_bool(std::string_view name);
    std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t min, std::int64_t max);
    std::vector<std::string> texts(std::string_view name, std::size_t count_max);
    std::optional<json::object> optional_object(std::string_view name);

    Result<void> finish() const;

private:
    const json::value* take(std::string_view name);
    void refuse(std::string_view reason, std::string_view name);
    std::optional<std::string> checked_text(const json::value& value, std::string_view name, std::size_t min, std::size_t max);

    json::object members_;
    std::vector<std::string_view> asked_;
    std::optional<Error> error_;
};

} // namespace siyu::api
