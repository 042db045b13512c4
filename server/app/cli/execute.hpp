#pragma once

#include "core/base/result.hpp"
#include "core/config/settings.hpp"

#include <boost/json/object.hpp>

namespace siyu::cli {

/// Has a command carried out: by the server that works in the data directory, or, without one, by this process under the
/// directory's lock.
Result<boost::json::object> execute(const config::Settings& settings, boost::json::object request);

} // namespace siyu::cli
