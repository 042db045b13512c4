#pragma once

#include "core/base/result.hpp"
#include "models/llm/chat.hpp"

#include <boost/json/object.hpp>

namespace siyu::chat {

/// Whether this is what the contract calls Parameters. Errc::invalid with the member as field.
Result<void> check_parameters(const boost::json::object& parameters);

/// Into the request; what was checked before fits.
void apply_parameters(const boost::json::object& parameters, llm::ChatRequest& request);

} // namespace siyu::chat
