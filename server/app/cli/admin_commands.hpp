#pragma once

#include "core/async/task.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace siyu::cli {

/// What the command line asks of the services, in one process or through data/admin.sock:
/// {"command": "user.create", "name": …, "role": …, "password": …} and so on (service_commands.cpp has them all).
class AdminCommands {
public:
    virtual ~AdminCommands() = default;
    /// The answer's members depend on the command. Errors carry the reason; their detail may be shown to the operator.
    virtual Task<Result<boost::json::object>> run(boost::json::object request) = 0;
};

} // namespace siyu::cli
