#pragma once

#include "io/net/sse.hpp"
#include "models/llm/chat.hpp"
#include "models/llm/providers/openai/think_splitter.hpp"

#include <string_view>
#include <vector>

namespace siyu::llm::openai {

/// Reads the bytes of a streamed chat completion, however they are cut:
///   stream = *( "data: " chunk-object blank ) "data: [DONE]" blank
/// Reasoning comes as `reasoning_content` (or `reasoning`), or in a leading <think>.
class StreamReader {
public:
    /// What the bytes completed, in one delta per event. Errc::upstream: "upstream_malformed", or what an error event says
    /// (errors.hpp).
    Result<std::vector<ChatDelta>> feed(std::string_view bytes);
    /// The body has ended. Errc::upstream "upstream_cut" unless [DONE] (or a finish reason) was there.
    Result<ChatDelta> finish();
    /// [DONE] has come.
    bool is_done() const { return is_done_; }

private:
    Result<ChatDelta> read_chunk(std::string_view data);

    http::SseDecoder decoder_;
    ThinkSplitter splitter_;
    bool is_done_ = false;
    bool has_finish_reason_ = false;
};

} // namespace siyu::llm::openai
