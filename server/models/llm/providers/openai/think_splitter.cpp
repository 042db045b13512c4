#include "models/llm/providers/openai/think_splitter.hpp"

#include "models/llm/limits.hpp"

#include <algorithm>

namespace siyu::llm::openai {

namespace {

constexpr std::string_view open_tag = "<think>";
constexpr std::string_view close_tag = "</think>";
constexpr std::string_view blanks = " \t\r\n";

/// How many bytes at the end of `text` may be the beginning of `tag`.
std::size_t begun_tag(std::string_view text, std::string_view tag)
{
    for (auto size = std::min(text.size(), tag.size() - 1); size > 0; --size)
        if (text.ends_with(tag.substr(0, size)))
            return size;
    return 0;
}

} // namespace

ThinkSplitter::Parts ThinkSplitter::feed(std::string_view piece)
{
    Parts parts;
    held_ += piece;
    if (state_ == State::before) {
        const auto start = std::min(held_.find_first_not_of(blanks), held_.size());
        const auto rest = std::string_view(held_).substr(start);
        if (start > think_bytes_max || !open_tag.starts_with(rest.substr(0, open_tag.size()))) {
            state_ = State::text;
        } else if (rest.size() >= open_tag.size()) {
            held_.erase(0, start + open_tag.size());
            state_ = State::thinking;
        }
    }
    if (state_ == State::thinking) {
        const auto end = held_.find(close_tag);
        const auto take = end != std::string::npos ? end : held_.size() - begun_tag(held_, close_tag);
        parts.reasoning = held_.substr(0, take);
        held_.erase(0, end != std::string::npos ? end + close_tag.size() : take);
        if (end != std::string::npos)
            state_ = State::after_thinking;
    }
    if (state_ == State::after_thinking) { // the blank lines between thought and answer belong to neither
        held_.erase(0, std::min(held_.find_first_not_of(blanks), held_.size()));
        if (!held_.empty())
            state_ = State::text;
    }
    if (state_ == State::text)
        parts.text = std::exchange(held_, {});
    return parts;
}

ThinkSplitter::Parts ThinkSplitter::finish()
{
    Parts parts;
    (state_ == State::thinking ? parts.reasoning : parts.text) = std::exchange(held_, {});
    return parts;
}

} // namespace siyu::llm::openai
