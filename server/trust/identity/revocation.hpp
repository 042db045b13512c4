#pragma once

#include "core/async/task.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace siyu::identity {

/// Tells every thread when a session or key has ended (signed out, revoked, expired, account disabled), so that its streams
/// close. Thread-safe. Subscribe before the server serves; a subscriber lives as long as its thread.
class Revocations {
public:
    using Listener = std::function<void(const std::string& credential_id)>;

    /// `listener` is called on `executor`'s thread.
    void subscribe(Executor executor, Listener listener);
    void announce(const std::string& credential_id) const;

private:
    struct Subscription {
        Executor executor;
        Listener listener;
    };
    mutable std::mutex guard_;
    std::vector<Subscription> subscriptions_;
};

} // namespace siyu::identity
