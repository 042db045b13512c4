#pragma once

#include "app/api/context.hpp"
#include "app/api/services.hpp"

namespace siyu::api {

// Every handler of the route table, by resource; each resource has its file. All are `Handle`s: errors become problems.

#define SIYU_HANDLER(name) Task<Result<http::Response>> name(Services& services, Context& context)

// session_api.cpp
SIYU_HANDLER(read_status);
SIYU_HANDLER(create_first_administrator);
SIYU_HANDLER(sign_in);
SIYU_HANDLER(current_session);
SIYU_HANDLER(sign_out);
SIYU_HANDLER(list_sessions);
SIYU_HANDLER(revoke_session);

// profile_api.cpp
SIYU_HANDLER(update_profile);
SIYU_HANDLER(change_password);

// api_keys_api.cpp
SIYU_HANDLER(list_api_keys);
SIYU_HANDLER(create_api_key);
SIYU_HANDLER(revoke_api_key);

// models_api.cpp
SIYU_HANDLER(list_models);
SIYU_HANDLER(list_engines);
SIYU_HANDLER(restart_engine);

// conversations_api.cpp
SIYU_HANDLER(list_conversations);
SIYU_HANDLER(create_conversation);
SIYU_HANDLER(read_conversation);
SIYU_HANDLER(update_conversation);
SIYU_HANDLER(delete_conversation);
SIYU_HANDLER(list_messages);
SIYU_HANDLER(search_messages);

// turns_api.cpp
SIYU_HANDLER(start_turn);
SIYU_HANDLER(regenerate);
SIYU_HANDLER(read_turn);
SIYU_HANDLER(stop_turn);
SIYU_HANDLER(continue_turn);
SIYU_HANDLER(follow_turn);

// events_api.cpp
SIYU_HANDLER(open_events);

// users_api.cpp
SIYU_HANDLER(list_users);
SIYU_HANDLER(create_user);
SIYU_HANDLER(update_user);
SIYU_HANDLER(assign_roles);
SIYU_HANDLER(reset_password);
SIYU_HANDLER(unlock_user);

// audit_api.cpp
SIYU_HANDLER(list_audit_events);
SIYU_HANDLER(verify_audit);

// gateway_api.cpp
SIYU_HANDLER(gateway_chat_completions);
SIYU_HANDLER(gateway_models);

// operations_api.cpp
SIYU_HANDLER(health_live);
SIYU_HANDLER(health_ready);
SIYU_HANDLER(read_metrics);

#undef SIYU_HANDLER

} // namespace siyu::api
