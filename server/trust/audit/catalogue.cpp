#include "trust/audit/catalogue.hpp"

#include <algorithm>
#include <array>

namespace siyu::audit {
namespace {

using namespace actions;

constexpr std::array catalogue = {server_start, server_stop, config_change, engine_restart, setup_complete, session_create,
    session_refused, session_read, session_list, session_delete, user_list, user_create, user_update, user_profile, user_roles,
    user_password, user_lock, user_unlock, user_disable, user_enable, apikey_list, apikey_create, apikey_revoke, apikey_refused,
    access_refused, model_list, engine_list, conversation_list, conversation_create, conversation_read, conversation_update,
    conversation_delete, message_search, turn_start, turn_follow, turn_stop, turn_end, call_start, call_end, v1_call_start,
    v1_call_end, admin_audit_read, audit_verify, audit_broken};

} // namespace

std::span<const Action> all_actions()
{
    return catalogue;
}

const Action* find_action(std::string_view name)
{
    const auto* found = std::ranges::find(catalogue, name, &Action::name);
    return found == catalogue.end() ? nullptr : found;
}

} // namespace siyu::audit
