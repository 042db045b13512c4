#pragma once

#include "models/llm/chat.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace siyu::inference {

/// Reads along with a streamed completion that is relayed byte for byte, however it is cut: counts, finds the usage, and holds
/// back the line `data: [DONE]`, which may go out only when the call's end is recorded.
class StreamScanner {
public:
    /// What may be relayed now.
    std::string feed(std::string_view bytes);
    /// The stream has ended before [DONE]: what was held back in the middle of a line.
    std::string finish();

    /// [DONE] has come; nothing that follows is relayed.
    bool is_done() const { return is_done_; }
    /// The upstream has sent an error event.
    bool has_error() const { return has_error_; }
    /// As the upstream told; else one token for each chunk that brought something.
    llm::TokenUsage usage() const;

private:
    void end_line();
    void read_counts(std::string_view data);

    std::string line_; ///< begun; what of it is not held back has been relayed
    std::size_t relayed_ = 0; ///< of the line
    bool is_done_ = false;
    bool has_error_ = false;
    std::int64_t chunks_ = 0;
    std::optional<llm::TokenUsage> usage_;
    std::optional<llm::TokenUsage> timings_;
};

/// The usage in the body of a completion that was not streamed.
llm::TokenUsage usage_of(std::string_view body);

} // namespace siyu::inference
