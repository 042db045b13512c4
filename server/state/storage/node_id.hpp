#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"

#include <filesystem>

namespace siyu::storage {

/// This node's name, from DIR/node.id, which is made at the first start. Errc::invalid when the file holds no UUID.
Result<std::string> node_id(const std::filesystem::path& directory, Time now);

} // namespace siyu::storage
