#pragma once

#include "app/cli/admin_commands.hpp"

namespace siyu::identity {
class Identity;
}

namespace siyu::cli {

/// The commands, done by the services: by the server behind its socket, or by the command line itself when none runs.
class ServiceCommands final : public AdminCommands {
public:
    explicit ServiceCommands(identity::Identity& identity) : identity_(identity) { }

    Task<Result<boost::json::object>> run(boost::json::object request) override;

private:
    Task<Result<boost::json::object>> create_user(boost::json::object request);
    Task<Result<boost::json::object>> set_password(boost::json::object request);
    Task<Result<boost::json::object>> unlock(boost::json::object request);
    Task<Result<boost::json::object>> create_api_key(boost::json::object request);

    identity::Identity& identity_;
};

} // namespace siyu::cli
