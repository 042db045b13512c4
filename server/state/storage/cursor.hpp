#pragma once

#include "core/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace siyu::storage {

// A page's cursor: the last row's sort columns as numbers and one final text, base64url of "kind:number:…:text". It carries no
// right: every query that uses it is bound to its scope.

struct Cursor {
    std::vector<std::int64_t> numbers;
    std::string text;
};

std::string encode_cursor(std::string_view kind, const Cursor& cursor);

/// Errc::invalid (field "cursor") for what encode_cursor does not make of this kind and so many numbers.
Result<Cursor> decode_cursor(std::string_view kind, std::size_t numbers, std::string_view text);

} // namespace siyu::storage
