#pragma once

#include <string>
#include <string_view>

namespace siyu::llm::openai {

/// Takes the `<think>…</think>` with which some models begin their text apart as reasoning, however the stream is cut. A tag
/// further on is text. Holds back at most what may still become a tag.
class ThinkSplitter {
public:
    struct Parts {
        std::string text;
        std::string reasoning;
    };

    Parts feed(std::string_view piece);
    /// The stream has ended: what was held back.
    Parts finish();

private:
    enum class State { before, thinking, after_thinking, text };

    State state_ = State::before;
    std::string held_;
};

} // namespace siyu::llm::openai
