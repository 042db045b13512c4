#pragma once

#include "models/inference/closer.hpp"
#include "models/inference/dialer.hpp"
#include "models/inference/stream_scanner.hpp"

#include <memory>

namespace siyu::inference {

/// A streamed answer on its way to the client, byte for byte. Its end is recorded before the last line goes out: `data: [DONE]`
/// when all went well, else an error event. Lives on the connection's thread.
class RelaySource final : public http::BodySource {
public:
    RelaySource(const Services& services, Closer& closer, CallFacts facts, Line line,
        std::unique_ptr<http::ClientResponse> response, std::shared_ptr<http::Abort> abort, std::shared_ptr<void> left,
        std::chrono::steady_clock::time_point began);
    ~RelaySource() override;

    Task<Result<std::optional<std::string>>> next() override;
    void abandon() override;

private:
    Task<Result<std::optional<std::string>>> finish(std::string last_bytes, CallEnd end, std::optional<Error> error);
    void record_without_waiting();

    const Services& services_;
    Closer& closer_;
    CallFacts facts_;
    Line line_;
    std::unique_ptr<http::ClientResponse> response_;
    std::shared_ptr<http::Abort> abort_;
    std::shared_ptr<void> left_; ///< keeps the client's leaving tied to `abort_`
    std::chrono::steady_clock::time_point began_;
    StreamScanner scanner_;
    bool has_begun_ = false;
    bool is_recorded_ = false; ///< or somebody is at it
    bool is_finished_ = false;
};

} // namespace siyu::inference
