#pragma once

#include "core/base/error.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace siyu::chat {

/// The stable name of an error: its reason, else its class.
std::string code_of(const Error& error);

/// What is kept of an error in a message's meta and told in the `end` event: {"code","status"}, and for "prompt_too_long" the
/// numbers. The API adds the sentence in the reader's language.
boost::json::object problem_of(const Error& error);

} // namespace siyu::chat
