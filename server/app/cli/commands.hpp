#pragma once

#include "app/cli/options.hpp"
#include "app/cli/run.hpp"

namespace siyu::cli {

// One command each, in a file of its name. The answer is the exit status.

int serve(const CommonOptions& options, const std::string& listen, Serve start);

int user_create(const CommonOptions& options, const std::string& name, const std::string& role);
int user_password(const CommonOptions& options, const std::string& name);
int user_unlock(const CommonOptions& options, const std::string& name);

/// Prints the key alone.
int apikey_create(const CommonOptions& options, const std::string& user, const std::string& name, std::int64_t days);

/// 0 intact, 2 altered, 3 truncated or rolled back, 4 a bad signature, 1 when it could not be read.
int audit_verify(const CommonOptions& options);

int config_check(const CommonOptions& options);
int config_show(const CommonOptions& options);

int doctor(const CommonOptions& options);
int version();

} // namespace siyu::cli
