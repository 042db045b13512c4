#pragma once

#include "app/api/locale.hpp"
#include "features/chat/turns.hpp"
#include "trust/identity/identity.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace siyu::api {

/// One request on its way through the pipeline. Lives in the pipeline's frame and outlives the handler.
struct Context {
    http::Request request;
    std::vector<std::string> path_values; ///< what stood where the route's pattern has {…}, in order
    Principal principal; ///< empty on a public route
    std::optional<storage::Session> session; ///< when a cookie proved who it is
    std::string request_id;
    std::string client_address; ///< of the client, not of a trusted proxy
    std::string address_hash; ///< the same for the audit log: keyed
    Locale locale = Locale::en_us;

    /// Errc::not_found for what is no id: an address that cannot exist.
    template <class IdType> Result<IdType> path_id(std::size_t index = 0) const
    {
        auto id = IdType::parse(path_values.at(index));
        if (!id)
            return fail(Errc::not_found, "not an id in the path");
        return id;
    }

    std::optional<std::string> query(std::string_view name) const { return http::query_value(request.query, name); }
    /// `fallback` when absent; Errc::invalid outside the range.
    Result<std::int64_t> query_integer(std::string_view name, std::int64_t min, std::int64_t max, std::int64_t fallback) const;
    Result<bool> query_bool(std::string_view name, bool fallback) const;

    // Who asks, as the services below take it.
    identity::Client client() const { return {client_address, std::string(request.header("User-Agent")), request_id}; }
    identity::Act act() const { return {principal, client()}; }
    chat::Asker asker() const { return {principal, request_id, address_hash}; }
};

} // namespace siyu::api
