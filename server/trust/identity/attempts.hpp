#pragma once

#include "core/base/clock.hpp"

#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace siyu::identity {

struct LockoutLimits {
    std::int64_t account_failures = 5;
    std::int64_t address_failures = 20;
    std::chrono::microseconds duration{std::chrono::minutes(15)};
};

/// Counts failed sign-ins by account name and by address, whether or not the account exists: a lock must not tell. Thread-safe,
/// bounded. In memory; the lock of an account that exists is also stored, and so survives a restart.
class Attempts {
public:
    explicit Attempts(LockoutLimits limits) : limits_(limits) { }

    /// Until when sign-in is refused; nullopt: it may be tried.
    std::optional<Time> locked_until(const std::string& name, const std::string& address, Time now);

    struct Failure {
        std::int64_t account_failures = 0;
        std::optional<Time> account_locked_until;
        bool has_locked_account = false; ///< this one did it
        bool has_locked_address = false;
    };
    Failure fail(const std::string& name, const std::string& address, Time now);
    /// A success forgives the account its failures, not the address.
    void succeed(const std::string& name);

private:
    struct Count {
        std::string key;
        std::int64_t failures = 0;
        Time last;
        std::optional<Time> locked_until;
    };
    static constexpr std::size_t keys_max = 20'000;

    Count& count_of(const std::string& key, Time now);
    std::optional<Time> lock_of(const std::string& key, Time now) const;
    bool add_failure(Count& count, std::int64_t limit, Time now) const;

    LockoutLimits limits_;
    std::mutex guard_;
    std::list<Count> by_use_; // newest first
    std::unordered_map<std::string, std::list<Count>::iterator> by_key_;
};

} // namespace siyu::identity
