#pragma once

#include "features/chat/chat.hpp"

namespace siyu::chat {

/// Turns that this node left running: interrupted, with the text that their chunks kept, each in one Commit with its record.
/// One that cannot be read is told loudly and left as it is.
Task<Result<void>> recover_turns(const Services& services);

} // namespace siyu::chat
