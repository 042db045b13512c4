#include "app/api/handlers.hpp"
#include "app/api/route.hpp"

namespace siyu::api {
namespace {

using policy::Permission;
using namespace audit::actions;

constexpr Access may(Permission permission)
{
    return {permission, std::nullopt};
}
constexpr Access may_either(Permission one, Permission other)
{
    return {one, other};
}

constexpr std::size_t system_prompt_max = 256 * 1024;
constexpr std::size_t prompt_max = 4 * 1024 * 1024 + 4096;
constexpr audit::Action nothing{};
constexpr auto by_service = Recorder::service;
constexpr auto by_pipeline = Recorder::pipeline;
constexpr auto unrecorded = Recorder::none;

// clang-format off
constexpr Route table[] = {
    // The gateway comes first: it is the path that must stay lean.
    {"POST", "/v1/chat/completions", gateway_chat_completions, may(Permission::v1_use), v1_call_start, by_service, prompt_max},
    {"GET", "/v1/models", gateway_models, may(Permission::v1_use), model_list, by_pipeline},

    {"GET", "/api/status", read_status, anyone, nothing, unrecorded},
    {"POST", "/api/setup", create_first_administrator, anyone, setup_complete, by_service},
    {"POST", "/api/session", sign_in, anyone, session_create, by_service},
    {"GET", "/api/session", current_session, may(Permission::profile_own), session_read, by_pipeline},
    {"DELETE", "/api/session", sign_out, may(Permission::session_own), session_delete, by_service},
    {"GET", "/api/sessions", list_sessions, may(Permission::session_own), session_list, by_pipeline},
    {"DELETE", "/api/sessions/{id}", revoke_session, may(Permission::session_own), session_delete, by_service},
    {"PATCH", "/api/profile", update_profile, may(Permission::profile_own), user_profile, by_service},
    {"PUT", "/api/profile/password", change_password, may(Permission::profile_own), user_password, by_service},
    {"GET", "/api/api-keys", list_api_keys, may(Permission::apikey_own), apikey_list, by_pipeline},
    {"POST", "/api/api-keys", create_api_key, may(Permission::apikey_own), apikey_create, by_service},
    {"DELETE", "/api/api-keys/{id}", revoke_api_key, may(Permission::apikey_own), apikey_revoke, by_service},

    {"GET", "/api/models", list_models, may(Permission::model_read), model_list, by_pipeline},
    {"GET", "/api/conversations", list_conversations, may(Permission::conversation_read), conversation_list, by_service},
    {"POST", "/api/conversations", create_conversation, may(Permission::conversation_write), conversation_create, by_service, system_prompt_max},
    {"GET", "/api/conversations/{id}", read_conversation, may(Permission::conversation_read), conversation_read, by_service},
    {"PATCH", "/api/conversations/{id}", update_conversation, may(Permission::conversation_write), conversation_update, by_service, system_prompt_max},
    {"DELETE", "/api/conversations/{id}", delete_conversation, may(Permission::conversation_write), conversation_delete, by_service},
    {"GET", "/api/conversations/{id}/messages", list_messages, may(Permission::conversation_read), conversation_read, by_service},
    {"GET", "/api/search", search_messages, may(Permission::conversation_read), message_search, by_service},

    {"POST", "/api/conversations/{id}/turns", start_turn, may(Permission::chat_use), turn_start, by_service, prompt_max},
    {"POST", "/api/messages/{id}/regenerate", regenerate, may(Permission::chat_use), turn_start, by_service},
    {"GET", "/api/turns/{id}", read_turn, may(Permission::conversation_read), conversation_read, by_service},
    {"GET", "/api/turns/{id}/events", follow_turn, may(Permission::conversation_read), turn_follow, by_service, 0},
    {"POST", "/api/turns/{id}/stop", stop_turn, may(Permission::chat_use), turn_stop, by_service},
    {"POST", "/api/turns/{id}/continue", continue_turn, may(Permission::chat_use), turn_start, by_service},
    {"GET", "/api/events", open_events, may(Permission::conversation_read), turn_follow, by_service, 0},

    {"GET", "/api/admin/users", list_users, may_either(Permission::admin_users, Permission::admin_roles), user_list, by_pipeline},
    {"POST", "/api/admin/users", create_user, may(Permission::admin_users), user_create, by_service},
    {"PATCH", "/api/admin/users/{id}", update_user, may(Permission::admin_users), user_update, by_service},
    {"PUT", "/api/admin/users/{id}/roles", assign_roles, may(Permission::admin_roles), user_roles, by_service},
    {"PUT", "/api/admin/users/{id}/password", reset_password, may(Permission::admin_users), user_password, by_service},
    {"POST", "/api/admin/users/{id}/unlock", unlock_user, may(Permission::admin_users), user_unlock, by_service},
    {"GET", "/api/admin/engines", list_engines, may(Permission::admin_engines), engine_list, by_pipeline},
    {"POST", "/api/admin/engines/{name}/restart", restart_engine, may(Permission::admin_engines), engine_restart, by_pipeline},
    {"GET", "/api/admin/audit", list_audit_events, may(Permission::admin_audit), admin_audit_read, by_pipeline},
    {"POST", "/api/admin/audit/verification", verify_audit, may(Permission::admin_audit), audit_verify, by_pipeline},

    {"GET", "/health/live", health_live, anyone, nothing, unrecorded},
    {"GET", "/health/ready", health_ready, anyone, nothing, unrecorded},
    {"GET", "/metrics", read_metrics, anyone, nothing, unrecorded},
};
// clang-format on

/// Whether `path` fits `pattern`; what stands at each {…} goes to `values`.
bool fits(std::string_view pattern, std::string_view path, std::vector<std::string>& values)
{
    values.clear();
    while (!pattern.empty() && !path.empty()) {
        if (pattern.front() != '{') {
            if (pattern.front() != path.front())
                return false;
            pattern.remove_prefix(1);
            path.remove_prefix(1);
            continue;
        }
        const auto value = path.substr(0, path.find('/'));
        if (value.empty())
            return false;
        values.emplace_back(value);
        path.remove_prefix(value.size());
        pattern.remove_prefix(pattern.find('}') + 1);
    }
    return pattern.empty() && path.empty();
}

} // namespace

std::span<const Route> routes()
{
    return table;
}

Match match_route(std::string_view method, std::string_view path)
{
    Match match;
    for (const auto& route : table) {
        if (!fits(route.pattern, path, match.values))
            continue;
        match.is_known_path = true;
        if (route.method == method) {
            match.route = &route;
            return match;
        }
    }
    match.values.clear();
    return match;
}

} // namespace siyu::api
