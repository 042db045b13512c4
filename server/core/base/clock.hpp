#pragma once

#include <chrono>
#include <cstdint>

namespace siyu {

/// Microseconds since 1970, UTC: the one form in which a time is stored or sent.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

inline std::int64_t to_micros(Time time)
{
    return time.time_since_epoch().count();
}
inline Time from_micros(std::int64_t micros)
{
    return Time(std::chrono::microseconds(micros));
}

/// The wall clock as a service, so that tests can set it. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Time now() const = 0;
};

class SystemClock final : public Clock {
public:
    Time now() const override { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); }
};

} // namespace siyu
