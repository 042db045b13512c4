#pragma once

#include "core/base/id.hpp"

namespace siyu {

using TenantId = Id<struct TenantTag>;
using UserId = Id<struct UserTag>;
using SessionId = Id<struct SessionTag>;
using ApiKeyId = Id<struct ApiKeyTag>;
using ConversationId = Id<struct ConversationTag>;
using MessageId = Id<struct MessageTag>;
using TurnId = Id<struct TurnTag>;

/// Whose data a repository may touch: nothing outside this tenant, nothing of another person.
struct Scope {
    TenantId tenant;
    UserId principal;
};

} // namespace siyu
