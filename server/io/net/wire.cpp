#include "io/net/wire.hpp"

#include <boost/asio/post.hpp>

#include <array>
#include <utility>

namespace siyu::net {

namespace {

constexpr std::size_t read_buffer_bytes = 64 * 1024; // one per thread
constexpr std::size_t read_ahead_bytes_max = 64 * 1024; // while nobody asks for input
constexpr std::size_t kept_capacity_max = 8 * 1024; // by a connection that is idle
constexpr std::size_t linger_bytes_max = 256 * 1024;
constexpr std::chrono::seconds linger_time{2}; // in which something more must come
constexpr std::chrono::seconds linger_time_max{10}; // in all: whoever drips must not hold the connection

std::span<char> thread_buffer()
{
    static thread_local const auto buffer = std::make_unique_for_overwrite<std::array<char, read_buffer_bytes>>();
    return *buffer;
}

} // namespace

Wire::Wire(std::unique_ptr<ByteStream> stream)
    : stream_(std::move(stream)),
      read_timer_(async::timers_of(stream_->executor()),
          [this] {
              const auto self = shared_from_this(); // whoever is woken may let go of the wire
              if (reader_.is_taken())
                  reader_.resume(Fill::timeout);
              else
                  is_timed_out_ = true;
          }),
      write_timer_(async::timers_of(stream_->executor()), [this] { cut(); })
{
}

void Wire::consume(std::size_t bytes)
{
    start_ += bytes;
    if (start_ < input_.size())
        return;
    start_ = 0;
    input_.clear();
    if (input_.capacity() > kept_capacity_max)
        input_.shrink_to_fit();
}

Task<Wire::Fill> Wire::fill()
{
    if (is_timed_out_)
        return at_once(Fill::timeout);
    if (end_ != Fill::data)
        return at_once(end_);
    return reader_.wait([this] { arm_reading(); });
}

void Wire::limit_reading(std::chrono::steady_clock::duration after)
{
    is_timed_out_ = false;
    read_timer_.set(after);
}

void Wire::unlimit_reading()
{
    is_timed_out_ = false;
    read_timer_.clear();
}

void Wire::arm_reading()
{
    if (is_armed_ || end_ != Fill::data)
        return;
    is_armed_ = true;
    stream_->wait_readable(shared_from_this());
}

void Wire::readable(bool usable)
{
    is_armed_ = false;
    if (end_ == Fill::data) {
        if (usable)
            read();
        else
            end_ = Fill::failed;
    }
    if (reader_.is_taken())
        reader_.resume(end_);
    else if (end_ != Fill::data)
        notify_watcher();
    else if (watcher_ && input().size() < read_ahead_bytes_max)
        arm_reading();
}

void Wire::read()
{
    const auto buffer = thread_buffer();
    const auto outcome = stream_->try_read(buffer);
    switch (outcome.status) {
    case ByteStream::Status::done:
        if (start_ > 0) {
            input_.erase(0, start_);
            start_ = 0;
        }
        input_.append(buffer.data(), outcome.bytes);
        break;
    case ByteStream::Status::end: end_ = Fill::end; break;
    case ByteStream::Status::failed: end_ = Fill::failed; break;
    default: break;
    }
}

Wire::Sent Wire::try_send(std::span<std::string_view> pieces)
{
    while (!pieces.empty()) {
        if (pieces.front().empty()) {
            pieces = pieces.subspan(1);
            continue;
        }
        if (is_cut_)
            return Sent::failed;
        const auto outcome = stream_->try_write(pieces);
        if (outcome.status == ByteStream::Status::failed)
            return Sent::failed;
        if (outcome.status != ByteStream::Status::done)
            return Sent::some;
        auto bytes = outcome.bytes;
        for (auto& piece : pieces) {
            const auto taken = std::min(bytes, piece.size());
            piece.remove_prefix(taken);
            bytes -= taken;
        }
    }
    return Sent::all;
}

Task<bool> Wire::send_rest(std::span<std::string_view> pieces, std::chrono::steady_clock::duration stall)
{
    const auto self = shared_from_this();
    while (true) {
        const auto sent = try_send(pieces);
        if (sent != Sent::some)
            co_return sent == Sent::all;
        write_timer_.set(stall);
        const bool usable = co_await writer_.wait([this] { stream_->wait_writable(shared_from_this()); });
        write_timer_.clear();
        if (!usable)
            co_return false;
    }
}

void Wire::writable(bool usable)
{
    if (writer_.is_taken())
        writer_.resume(usable && !is_cut_);
}

void Wire::watch(std::function<void()> action)
{
    watcher_ = std::move(action);
    if (end_ == Fill::data)
        arm_reading();
    else
        notify_watcher();
}

void Wire::notify_watcher()
{
    if (const auto action = std::exchange(watcher_, nullptr))
        action();
}

Task<> Wire::linger()
{
    const auto self = shared_from_this();
    unwatch();
    stream_->shutdown_write();
    limit_reading(linger_time);
    const auto deadline = std::chrono::steady_clock::now() + linger_time_max;
    std::size_t bytes = 0;
    while (bytes < linger_bytes_max && std::chrono::steady_clock::now() < deadline) {
        bytes += input().size();
        consume(input().size());
        if (co_await fill() != Fill::data)
            break;
        limit_reading(linger_time);
    }
    cut();
}

void Wire::cut()
{
    if (std::exchange(is_cut_, true))
        return;
    if (end_ == Fill::data)
        end_ = Fill::failed;
    read_timer_.clear();
    stream_->close();
    if (!is_armed_ && watcher_) // else the wait that the closing ends says so
        asio::post(executor(), [self = shared_from_this()] { self->notify_watcher(); });
}

void Wire::reset()
{
    if (!is_cut_)
        stream_->reset_on_close();
    cut();
}

void Wire::dropped()
{
    watcher_ = nullptr;
    reader_.drop();
    writer_.drop();
}

} // namespace siyu::net
