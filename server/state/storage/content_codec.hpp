#pragma once

// What is sealed of a message or a piece of one:
//
//   {"v":1,"parts":[{"type":"reasoning","text":"…"},{"type":"text","text":"…"}, …]}
//
// Parts of other types are kept as they are, so that an older version does not lose what a newer one wrote.

#include "core/base/bytes.hpp"
#include "state/storage/records.hpp"

namespace siyu::storage {

/// Errc::invalid for text that is no UTF-8: it could not be read back.
Result<std::string> encode_content(const Content& content);

/// Errc::corrupt for what encode_content of this or an older version does not make.
Result<Content> decode_content(ByteView opened);

} // namespace siyu::storage
