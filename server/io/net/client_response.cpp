#include "io/net/client_response.hpp"

#include "io/net/chunked.hpp"
#include "io/net/idle_pool.hpp"

#include <limits>

namespace siyu::http {

namespace {

class WireResponse final : public ClientResponse {
public:
    WireResponse(std::string origin, std::shared_ptr<net::Wire> wire, ResponseHead head, std::shared_ptr<ClientCall> call,
        std::chrono::milliseconds between_bytes)
        : origin_(std::move(origin)),
          wire_(std::move(wire)),
          head_(std::move(head)),
          call_(std::move(call)),
          between_bytes_(between_bytes),
          chunks_(std::numeric_limits<std::uint64_t>::max()),
          left_(head_.content_length)
    {
        if (head_.framing == Framing::none || (head_.framing == Framing::length && left_ == 0))
            finish();
    }
    ~WireResponse() override { close(); }

    int status() const override { return head_.status; }
    const Headers& headers() const override { return head_.headers; }
    Task<Result<std::optional<std::string>>> read() override;
    Task<Result<std::string>> read_all(std::size_t bytes_max) override;
    void close() override;

private:
    Result<std::string> take_input();
    void finish();

    std::string origin_;
    std::shared_ptr<net::Wire> wire_;
    ResponseHead head_;
    std::shared_ptr<ClientCall> call_;
    std::chrono::milliseconds between_bytes_;
    ChunkedReader chunks_;
    std::uint64_t left_; // of a body with a length
    bool is_done_ = false;
    bool has_begun_ = false;
};

Task<Result<std::optional<std::string>>> WireResponse::read()
{
    while (true) {
        if (call_->is_stopped())
            co_return fail(call_->error());
        if (is_done_)
            co_return std::nullopt;
        auto piece = take_input();
        if (!piece)
            co_return fail(piece.error());
        if (!piece->empty()) {
            has_begun_ = true;
            call_->unlimit_step();
            co_return std::move(*piece);
        }
        if (is_done_)
            continue;
        if (has_begun_) // before, the limit for the first byte goes on
            call_->limit_step(between_bytes_, "stalled", "the answer stopped coming");
        const auto outcome = co_await wire_->fill();
        if (outcome == net::Wire::Fill::data || call_->is_stopped())
            continue;
        if (head_.framing == Framing::until_close && outcome == net::Wire::Fill::end) {
            finish();
            continue;
        }
        close();
        co_return fail(Errc::upstream, "the answer was cut before its end", "cut");
    }
}

// What has come of the body; empty when that is nothing.
Result<std::string> WireResponse::take_input()
{
    const auto input = wire_->input();
    std::string piece;
    if (head_.framing == Framing::chunked) {
        const auto step = chunks_.feed(input, piece);
        wire_->consume(step.consumed);
        if (step.status == ChunkedReader::Status::done) {
            finish();
        } else if (step.status != ChunkedReader::Status::more) {
            close();
            return fail(Errc::upstream, "the answer's chunks are not well-formed", "bad_answer");
        }
        return piece;
    }
    piece = head_.framing == Framing::length ? input.substr(0, left_) : input;
    wire_->consume(piece.size());
    left_ -= head_.framing == Framing::length ? piece.size() : 0;
    if (head_.framing == Framing::length && left_ == 0)
        finish();
    return piece;
}

Task<Result<std::string>> WireResponse::read_all(std::size_t bytes_max)
{
    std::string all;
    while (true) {
        auto piece = co_await read();
        if (!piece)
            co_return fail(piece.error());
        if (!*piece)
            co_return all;
        if ((*piece)->size() > bytes_max - all.size()) {
            close();
            co_return fail(Errc::too_large, "the answer is larger than allowed");
        }
        all += **piece;
    }
}

// The end of the body was read: the connection may serve again, unless something followed that nobody asked for.
void WireResponse::finish()
{
    is_done_ = true;
    call_->finish();
    if (head_.keep_alive && wire_->input().empty() && !wire_->has_ended())
        IdlePool::of(wire_->executor()).put(origin_, wire_);
    else
        wire_->cut();
}

void WireResponse::close()
{
    if (is_done_)
        return;
    call_->stop(Error(Errc::cancelled, "the answer was closed"));
    wire_->cut();
}

} // namespace

std::unique_ptr<ClientResponse> make_response(std::string origin, std::shared_ptr<net::Wire> wire, ResponseHead head,
    std::shared_ptr<ClientCall> call, std::chrono::milliseconds between_bytes)
{
    return std::make_unique<WireResponse>(std::move(origin), std::move(wire), std::move(head), std::move(call), between_bytes);
}

} // namespace siyu::http
