#include "trust/identity/revocation.hpp"

#include <boost/asio/post.hpp>

namespace siyu::identity {

void Revocations::subscribe(Executor executor, Listener listener)
{
    const std::lock_guard lock(guard_);
    subscriptions_.push_back({executor, std::move(listener)});
}

void Revocations::announce(const std::string& credential_id) const
{
    const std::lock_guard lock(guard_);
    for (const auto& subscription : subscriptions_)
        asio::post(subscription.executor, [listener = subscription.listener, credential_id] { listener(credential_id); });
}

} // namespace siyu::identity
