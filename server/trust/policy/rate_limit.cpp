#include "trust/policy/rate_limit.hpp"

#include <algorithm>
#include <cmath>

#include <arpa/inet.h>

namespace siyu::policy {

RateLimiter::RateLimiter(Rate rate, std::size_t keys_max)
    : rate_(rate), shard_keys_max_(std::max<std::size_t>(1, keys_max / shard_count))
{
}

RateLimiter::Bucket& RateLimiter::bucket_of(Shard& shard, std::string_view key, Instant now)
{
    if (const auto found = shard.by_key.find(key); found != shard.by_key.end()) {
        shard.by_use.splice(shard.by_use.begin(), shard.by_use, found->second);
        return shard.by_use.front();
    }
    if (shard.by_use.size() >= shard_keys_max_) {
        shard.by_key.erase(shard.by_use.back().key);
        shard.by_use.pop_back();
    }
    shard.by_use.push_front({std::string(key), rate_.burst, now});
    shard.by_key.emplace(shard.by_use.front().key, shard.by_use.begin());
    return shard.by_use.front();
}

std::optional<std::chrono::milliseconds> RateLimiter::take(std::string_view key, Instant now)
{
    if (rate_.per_second <= 0)
        return std::nullopt;
    auto& shard = shards_[std::hash<std::string_view>()(key) % shard_count];
    const std::lock_guard lock(shard.guard);
    auto& bucket = bucket_of(shard, key, now);
    const double passed = std::chrono::duration<double>(std::max(now, bucket.at) - bucket.at).count();
    bucket.tokens = std::min(rate_.burst, bucket.tokens + passed * rate_.per_second);
    bucket.at = std::max(now, bucket.at);
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return std::nullopt;
    }
    const double wait_ms = (1 - bucket.tokens) / rate_.per_second * 1000;
    return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(wait_ms)));
}

std::size_t RateLimiter::size() const
{
    std::size_t sum = 0;
    for (const auto& shard : shards_) {
        const std::lock_guard lock(shard.guard);
        sum += shard.by_use.size();
    }
    return sum;
}

std::string rate_key_of_address(std::string_view address)
{
    in6_addr v6{};
    std::string text(address);
    if (inet_pton(AF_INET6, text.c_str(), &v6) != 1)
        return text;
    std::array<char, INET6_ADDRSTRLEN> out{};
    if (IN6_IS_ADDR_V4MAPPED(&v6)) {
        inet_ntop(AF_INET, &v6.s6_addr[12], out.data(), out.size());
        return out.data();
    }
    std::fill(v6.s6_addr + 8, v6.s6_addr + 16, std::uint8_t{0});
    inet_ntop(AF_INET6, &v6, out.data(), out.size());
    return std::string(out.data()) + "/64";
}

} // namespace siyu::policy
