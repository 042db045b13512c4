#include "core/observe/instruments.hpp"

#include <algorithm>

namespace siyu::observe {

std::size_t metric_shard()
{
    static std::atomic<std::size_t> next = 0;
    thread_local const std::size_t mine = next.fetch_add(1, std::memory_order_relaxed) % metric_shards;
    return mine;
}

std::uint64_t Counter::value() const noexcept
{
    std::uint64_t sum = 0;
    for (const auto& cell : cells_)
        sum += cell.value.load(std::memory_order_relaxed);
    return sum;
}

void Histogram::observe(double seconds) noexcept
{
    const auto bucket = static_cast<std::size_t>(std::ranges::lower_bound(bounds_seconds, seconds) - bounds_seconds.begin());
    auto& cell = cells_[metric_shard()];
    cell.buckets[bucket].fetch_add(1, std::memory_order_relaxed);
    cell.sum_us.fetch_add(static_cast<std::uint64_t>(std::max(seconds, 0.0) * 1e6), std::memory_order_relaxed);
}

Histogram::Totals Histogram::totals() const noexcept
{
    Totals totals;
    std::uint64_t sum_us = 0;
    for (const auto& cell : cells_) {
        for (std::size_t i = 0; i < totals.buckets.size(); ++i)
            totals.buckets[i] += cell.buckets[i].load(std::memory_order_relaxed);
        sum_us += cell.sum_us.load(std::memory_order_relaxed);
    }
    for (const auto count : totals.buckets)
        totals.count += count;
    totals.sum_seconds = static_cast<double>(sum_us) / 1e6;
    return totals;
}

} // namespace siyu::observe
