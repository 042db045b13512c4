#pragma once

#include "core/base/result.hpp"
#include "core/config/phrase.hpp"
#include "core/config/tree.hpp"

#include <string>
#include <string_view>

namespace siyu::config {

inline constexpr std::size_t yaml_bytes_max = 1024 * 1024;
inline constexpr std::size_t yaml_depth_max = 16;
inline constexpr std::size_t yaml_nodes_max = 20'000;

/// Reads one YAML document. `name` is what origins call it. Refused with a sentence: what is no UTF-8, too long, too deep, or
/// has duplicate keys, anchors, aliases, tags or several documents, none of which a configuration needs.
Result<Raw> read_yaml(std::string_view text, const std::string& name, Language language);

} // namespace siyu::config
