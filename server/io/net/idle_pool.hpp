#pragma once

#include "io/net/wire.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace siyu::http {

/// The client's idle connections of one thread, by origin. Belongs to the thread's io_context. One that the other side closes
/// is dropped at once.
class IdlePool {
public:
    static constexpr std::size_t per_origin_max = 64;
    static constexpr std::chrono::seconds idle_max{30};

    virtual ~IdlePool() = default;
    /// The one used last; null when there is none.
    std::shared_ptr<net::Wire> take(const std::string& origin);
    void put(const std::string& origin, std::shared_ptr<net::Wire> wire);

    static IdlePool& of(Executor executor);

protected:
    void clear() { idle_.clear(); }

private:
    struct Idle {
        std::shared_ptr<net::Wire> wire;
        std::chrono::steady_clock::time_point since;
    };
    std::map<std::string, std::vector<Idle>> idle_;
};

} // namespace siyu::http
