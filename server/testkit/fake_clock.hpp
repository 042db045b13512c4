#pragma once

#include "core/base/clock.hpp"

#include <atomic>

namespace siyu::testkit {

/// A clock that stands until a test moves it.
class FakeClock final : public Clock {
public:
    explicit FakeClock(Time start = from_micros(1'767'225'600'000'000)) : micros_(to_micros(start)) { }
    Time now() const override { return from_micros(micros_.load()); }
    void advance(std::chrono::microseconds by) { micros_ += by.count(); }

private:
    std::atomic<std::int64_t> micros_;
};

} // namespace siyu::testkit
