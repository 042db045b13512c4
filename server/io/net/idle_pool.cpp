#include "io/net/idle_pool.hpp"

namespace siyu::http {

namespace {

class PoolService final : public asio::execution_context::service, public IdlePool {
public:
    static inline asio::execution_context::id id;
    explicit PoolService(asio::execution_context& context) : service(context) { }

private:
    void shutdown() override { clear(); }
};

} // namespace

IdlePool& IdlePool::of(Executor executor)
{
    return asio::use_service<PoolService>(executor.context());
}

std::shared_ptr<net::Wire> IdlePool::take(const std::string& origin)
{
    auto& idle = idle_[origin];
    const auto oldest = std::chrono::steady_clock::now() - idle_max;
    while (!idle.empty()) {
        auto [wire, since] = std::move(idle.back());
        idle.pop_back();
        wire->unwatch();
        // Bytes that nobody asked for are no beginning of an answer.
        if (since >= oldest && !wire->has_ended() && wire->input().empty())
            return wire;
        wire->cut();
    }
    return nullptr;
}

void IdlePool::put(const std::string& origin, std::shared_ptr<net::Wire> wire)
{
    auto& idle = idle_[origin];
    if (idle.size() >= per_origin_max) {
        idle.front().wire->unwatch();
        idle.front().wire->cut();
        idle.erase(idle.begin());
    }
    auto* const raw = wire.get();
    idle.push_back({std::move(wire), std::chrono::steady_clock::now()});
    // The pool outlives its wires, and a map's values stay where they are.
    raw->watch([&idle, raw] { std::erase_if(idle, [raw](const Idle& one) { return one.wire.get() == raw; }); });
}

} // namespace siyu::http
