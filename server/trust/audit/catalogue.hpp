#pragma once

#include <span>
#include <string_view>

namespace siyu::audit {

/// When an event is on disk: before the first byte of the answer, or within a second of it.
enum class Recording { durable, recorded };

/// One thing that the audit log may say. Modules below name it by its text; a route names the entry.
struct Action {
    std::string_view name;
    Recording recording;
};

namespace actions {

inline constexpr Action server_start{"server.start", Recording::durable};
inline constexpr Action server_stop{"server.stop", Recording::durable};
inline constexpr Action config_change{"config.change", Recording::durable};
inline constexpr Action engine_restart{"engine.restart", Recording::durable};

inline constexpr Action setup_complete{"setup.complete", Recording::durable};
inline constexpr Action session_create{"session.create", Recording::durable};
inline constexpr Action session_refused{"session.refused", Recording::durable};
inline constexpr Action session_read{"session.read", Recording::recorded};
inline constexpr Action session_list{"session.list", Recording::recorded};
inline constexpr Action session_delete{"session.delete", Recording::durable};

inline constexpr Action user_list{"user.list", Recording::recorded};
inline constexpr Action user_create{"user.create", Recording::durable};
inline constexpr Action user_update{"user.update", Recording::durable};
inline constexpr Action user_profile{"user.profile", Recording::durable};
inline constexpr Action user_roles{"user.roles", Recording::durable};
inline constexpr Action user_password{"user.password", Recording::durable};
inline constexpr Action user_lock{"user.lock", Recording::durable};
inline constexpr Action user_unlock{"user.unlock", Recording::durable};
inline constexpr Action user_disable{"user.disable", Recording::durable};
inline constexpr Action user_enable{"user.enable", Recording::durable};

inline constexpr Action apikey_list{"apikey.list", Recording::recorded};
inline constexpr Action apikey_create{"apikey.create", Recording::durable};
inline constexpr Action apikey_revoke{"apikey.revoke", Recording::durable};
inline constexpr Action apikey_refused{"apikey.refused", Recording::recorded};

inline constexpr Action access_refused{"access.refused", Recording::recorded};
inline constexpr Action model_list{"model.list", Recording::recorded};
inline constexpr Action engine_list{"engine.list", Recording::recorded};

inline constexpr Action conversation_list{"conversation.list", Recording::recorded};
inline constexpr Action conversation_create{"conversation.create", Recording::durable};
inline constexpr Action conversation_read{"conversation.read", Recording::recorded};
inline constexpr Action conversation_update{"conversation.update", Recording::durable};
inline constexpr Action conversation_delete{"conversation.delete", Recording::durable};
inline constexpr Action message_search{"message.search", Recording::recorded};

inline constexpr Action turn_start{"turn.start", Recording::durable};
inline constexpr Action turn_follow{"turn.follow", Recording::recorded};
inline constexpr Action turn_stop{"turn.stop", Recording::durable};
inline constexpr Action turn_end{"turn.end", Recording::durable};
inline constexpr Action call_start{"call.start", Recording::durable};
inline constexpr Action call_end{"call.end", Recording::durable};
inline constexpr Action v1_call_start{"v1.call.start", Recording::durable};
inline constexpr Action v1_call_end{"v1.call.end", Recording::durable};

inline constexpr Action admin_audit_read{"admin.audit.read", Recording::durable};
inline constexpr Action audit_verify{"audit.verify", Recording::durable};
/// Written by the journal itself when what it finds at its start does not fit the head that it left.
inline constexpr Action audit_broken{"audit.broken", Recording::durable};

} // namespace actions

/// Every action above, by name.
std::span<const Action> all_actions();

/// Null for a name that the catalogue does not have.
const Action* find_action(std::string_view name);

} // namespace siyu::audit
