#pragma once

#include "core/async/timer_wheel.hpp"
#include "io/net/byte_stream.hpp"
#include "io/net/parking.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace siyu::net {

/// A stream as protocols use it: input that waits to be consumed, sends that try before they wait, a time limit for each
/// direction, and an eye on the other side while nobody reads. Lives on one thread; always held by shared_ptr.
///
/// The wait for input stays armed whether or not a coroutine stands in `fill`, so a peer that leaves is noticed at once, and
/// arming it costs one system call per request.
class Wire final : public StreamWaiter, public std::enable_shared_from_this<Wire> {
public:
    enum class Fill { data, end, failed, timeout };
    enum class Sent { all, some, failed };

    explicit Wire(std::unique_ptr<ByteStream> stream);

    /// What has come and is not consumed; good until the next suspension or `consume`.
    std::string_view input() const { return std::string_view(input_).substr(start_); }
    void consume(std::size_t bytes);
    /// Waits until more has come. One coroutine at a time.
    Task<Fill> fill();
    /// `fill` gives up `after` from now, however much comes before.
    void limit_reading(std::chrono::steady_clock::duration after);
    void unlimit_reading();

    /// Sends what the stream takes at once, and moves `pieces` past it.
    Sent try_send(std::span<std::string_view> pieces);
    /// Sends the rest, with a wait of at most `stall` for each step. One coroutine at a time; the bytes live in its frame.
    Task<bool> send_rest(std::span<std::string_view> pieces, std::chrono::steady_clock::duration stall);

    /// From now on, calls `action` once when the other side leaves (or `cut` is called) while nobody stands in `fill`. Reads
    /// ahead up to a bound meanwhile; beyond it a departure is noticed by the next send only.
    void watch(std::function<void()> action);
    void unwatch() { watcher_ = nullptr; }

    /// Says that nothing more will be sent, and reads what is still under way, so that the last answer is not lost to a reset.
    Task<> linger();
    /// Ends everything at once. Harmless when ended.
    void cut();
    /// The same, in a way that no reader can take for an orderly end.
    void reset();
    bool is_cut() const { return is_cut_; }
    bool has_ended() const { return end_ != Fill::data; }

    std::string peer_address() const { return stream_->peer_address(); }
    Executor executor() const { return stream_->executor(); }

private:
    void readable(bool usable) override;
    void writable(bool usable) override;
    void dropped() override;
    void arm_reading();
    void read();
    void notify_watcher();

    std::unique_ptr<ByteStream> stream_;
    std::string input_;
    std::size_t start_ = 0;
    Fill end_ = Fill::data; // why there will be no more
    bool is_armed_ = false;
    bool is_cut_ = false;
    bool is_timed_out_ = false;
    Parking<Fill> reader_;
    Parking<bool> writer_;
    std::function<void()> watcher_;
    async::Timer read_timer_;
    async::Timer write_timer_;
};

} // namespace siyu::net
