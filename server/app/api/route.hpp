#pragma once

#include "app/api/context.hpp"
#include "app/api/services.hpp"
#include "trust/audit/catalogue.hpp"
#include "trust/policy/permission.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace siyu::api {

/// An Error becomes a problem in the pipeline; its detail goes to the log.
using Handle = Task<Result<http::Response>> (*)(Services&, Context&);

/// Who may: everybody, or whoever holds one of the permissions.
struct Access {
    std::optional<policy::Permission> permission;
    std::optional<policy::Permission> alternative;
    bool is_public() const { return !permission.has_value(); }
};
inline constexpr Access anyone{};

/// Where a route's audit event comes from.
enum class Recorder {
    service, ///< the service commits it with the rows of the change
    pipeline, ///< the pipeline writes it: before the answer when the action is durable, else within a second
    none, ///< not recorded; tests hold the list of these
};

/// One row of the API.
struct Route {
    std::string_view method;
    std::string_view pattern; ///< "/api/turns/{id}/stop"
    Handle handle;
    Access access;
    audit::Action action;
    Recorder recorder = Recorder::service;
    std::size_t body_max = 16 * 1024;
};

/// The whole API at a glance.
std::span<const Route> routes();

struct Match {
    const Route* route = nullptr; ///< null: no such path, or not with this method
    bool is_known_path = false;
    std::vector<std::string> values;
};
Match match_route(std::string_view method, std::string_view path);

} // namespace siyu::api
