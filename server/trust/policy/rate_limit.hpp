#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace siyu::policy {

struct Rate {
    double per_second = 0; ///< 0: no limit
    double burst = 0;
};

/// Token buckets by key (an address, a user's or a key's id), in memory. Thread-safe, bounded: the bucket that was used longest
/// ago gives way, so a flood of keys costs memory neither, nor forgets those in use.
class RateLimiter {
public:
    using Instant = std::chrono::steady_clock::time_point;

    RateLimiter(Rate rate, std::size_t keys_max);

    /// nullopt: go on. Else how long until one more is allowed.
    std::optional<std::chrono::milliseconds> take(std::string_view key, Instant now = std::chrono::steady_clock::now());

    std::size_t size() const;

private:
    struct Bucket {
        std::string key;
        double tokens = 0;
        Instant at;
    };
    struct Shard {
        mutable std::mutex guard;
        std::list<Bucket> by_use; // newest first
        std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_key; // views into the buckets
    };
    static constexpr std::size_t shard_count = 16;

    Bucket& bucket_of(Shard& shard, std::string_view key, Instant now);

    Rate rate_;
    std::size_t shard_keys_max_;
    std::array<Shard, shard_count> shards_;
};

/// What an address counts as: itself for IPv4, its /64 network for IPv6, since whoever has one has them all.
std::string rate_key_of_address(std::string_view address);

} // namespace siyu::policy
