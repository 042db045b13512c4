#pragma once

#include "app/api/locale.hpp"
#include "models/llm/registry.hpp"
#include "state/events/event.hpp"
#include "state/storage/repositories.hpp"

#include <boost/json/object.hpp>

namespace siyu::api {

// Records as contract/openapi.yaml describes them.

boost::json::object user_view(const storage::User& user, Time now);
boost::json::object api_key_view(const storage::ApiKey& key);
boost::json::object conversation_view(const storage::Conversation& conversation);
boost::json::object message_view(const storage::Message& message, Locale locale);
boost::json::object turn_view(const storage::Turn& turn);
boost::json::object search_hit_view(const storage::SearchHit& hit);

/// Adds to a stored problem ({"code": …}) what a reader needs: type, title in the reader's language, status.
boost::json::object stored_problem_view(boost::json::object problem, Locale locale);
/// An event whose problem, if it has one, speaks the reader's language.
events::Event localised(events::Event event, Locale locale);

boost::json::value time_view(const std::optional<Time>& time);

} // namespace siyu::api
