#pragma once

#include "app/cli/admin_commands.hpp"

#include <functional>

namespace siyu::identity {
class Identity;
}

namespace siyu::cli {

/// The commands, done by the services: by the server behind its socket, or by the command line itself when none runs.
class ServiceCommands final : public AdminCommands {
public:
    /// `{"status": 0|2|3|4, "events": n, "findings": [text…]}`, as `siyu audit verify` shows and exits.
    using VerifyAudit = std::function<Task<Result<boost::json::object>>()>;

    ServiceCommands(identity::Identity& identity, VerifyAudit verify_audit)
        : identity_(identity), verify_audit_(std::move(verify_audit))
    {
    }

    Task<Result<boost::json::object>> run(boost::json::object request) override;

private:
    Task<Result<boost::json::object>> create_user(boost::json::object request);
    Task<Result<boost::json::object>> set_password(boost::json::object request);
    Task<Result<boost::json::object>> unlock(boost::json::object request);
    Task<Result<boost::json::object>> create_api_key(boost::json::object request);

    identity::Identity& identity_;
    VerifyAudit verify_audit_;
};

} // namespace siyu::cli
