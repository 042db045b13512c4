#pragma once

#include <cstddef>
#include <cstdint>

namespace siyu::audit {

/// Records read at a time.
inline constexpr std::int64_t verification_page = 1000;

/// Findings that are told one by one.
inline constexpr std::size_t findings_max = 200;

} // namespace siyu::audit
