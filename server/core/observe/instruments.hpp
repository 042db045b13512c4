#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace siyu::observe {

inline constexpr std::size_t metric_shards = 8;

/// Which shard this thread adds to, so that threads do not pull one cache line to and fro.
std::size_t metric_shard();

/// Counts up. Thread-safe; one relaxed add.
class Counter {
public:
    void add(std::uint64_t by = 1) noexcept { cells_[metric_shard()].value.fetch_add(by, std::memory_order_relaxed); }
    std::uint64_t value() const noexcept;

private:
    struct alignas(64) Cell {
        std::atomic<std::uint64_t> value = 0;
    };
    std::array<Cell, metric_shards> cells_;
};

/// Goes up and down. Thread-safe.
class Gauge {
public:
    void set(std::int64_t value) noexcept { value_.store(value, std::memory_order_relaxed); }
    void add(std::int64_t by) noexcept { value_.fetch_add(by, std::memory_order_relaxed); }
    std::int64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> value_ = 0;
};

/// Durations in buckets from 1 ms to 5 min. Thread-safe; three relaxed adds.
class Histogram {
public:
    static constexpr std::array<double, 16> bounds_seconds = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300};

    void observe(double seconds) noexcept;

    struct Totals {
        std::array<std::uint64_t, bounds_seconds.size() + 1> buckets{}; ///< not cumulative; the last is beyond all bounds
        std::uint64_t count = 0;
        double sum_seconds = 0;
    };
    Totals totals() const noexcept;

private:
    struct alignas(64) Cell {
        std::array<std::atomic<std::uint64_t>, bounds_seconds.size() + 1> buckets{};
        std::atomic<std::uint64_t> sum_us = 0;
    };
    std::array<Cell, metric_shards> cells_;
};

} // namespace siyu::observe
