#include "models/inference/stream_scanner.hpp"

#include "core/base/json.hpp"
#include "models/inference/limits.hpp"

#include <algorithm>

namespace siyu::inference {

namespace {

constexpr std::string_view done_line = "data: [DONE]";
constexpr std::string_view done_line_tight = "data:[DONE]";

bool may_become_done(std::string_view line)
{
    return done_line.starts_with(line) || done_line_tight.starts_with(line);
}

bool is_done_line(std::string_view line)
{
    return line == done_line || line == done_line_tight;
}

/// Whether `name` is a member whose value is an object: cheap, so that not every token's JSON is parsed.
bool has_object(std::string_view data, std::string_view quoted_name)
{
    for (auto at = data.find(quoted_name); at != std::string_view::npos; at = data.find(quoted_name, at + 1)) {
        const auto value = data.find_first_not_of(" :", at + quoted_name.size());
        if (value != std::string_view::npos && data[value] == '{')
            return true;
    }
    return false;
}

std::int64_t number_of(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
}

const json::object* object_of(const json::value& value, std::string_view name)
{
    const auto* object = value.if_object();
    const auto* member = object ? object->if_contains(name) : nullptr;
    return member ? member->if_object() : nullptr;
}

std::optional<llm::TokenUsage> read_usage(const json::value& value)
{
    const auto* usage = object_of(value, "usage");
    if (!usage)
        return std::nullopt;
    return llm::TokenUsage{number_of(*usage, "prompt_tokens"), number_of(*usage, "completion_tokens")};
}

/// llama.cpp's own counts.
std::optional<llm::TokenUsage> read_timings(const json::value& value)
{
    const auto* timings = object_of(value, "timings");
    if (!timings)
        return std::nullopt;
    return llm::TokenUsage{
        number_of(*timings, "prompt_n") + number_of(*timings, "cache_n"), number_of(*timings, "predicted_n")};
}

} // namespace

std::string StreamScanner::feed(std::string_view bytes)
{
    std::string relayed;
    while (!bytes.empty() && !is_done_) {
        const auto end = bytes.find('\n');
        const auto piece = bytes.substr(0, end == std::string_view::npos ? bytes.size() : end + 1);
        bytes.remove_prefix(piece.size());
        if (line_.size() <= scanned_line_bytes_max || relayed_ < line_.size()) {
            line_ += piece;
            std::string_view line = line_;
            while (line.ends_with('\n') || line.ends_with('\r'))
                line.remove_suffix(1);
            if (end != std::string_view::npos && is_done_line(line)) {
                is_done_ = true;
                break;
            }
            if (end == std::string_view::npos && may_become_done(line))
                continue;
            relayed.append(line_, relayed_);
        } else {
            relayed += piece;
        }
        relayed_ = line_.size();
        if (end != std::string_view::npos)
            end_line();
    }
    return relayed;
}

std::string StreamScanner::finish()
{
    std::string_view line = line_;
    while (line.ends_with('\r'))
        line.remove_suffix(1);
    if (is_done_ || is_done_line(line)) { // the last line needs no end
        is_done_ = true;
        return {};
    }
    return line_.substr(std::min(relayed_, line_.size()));
}

void StreamScanner::end_line()
{
    constexpr std::string_view field = "data:";
    if (std::string_view line = line_; line.starts_with(field) && line.size() <= scanned_line_bytes_max)
        read_counts(line.substr(field.size()));
    line_.clear();
    relayed_ = 0;
}

void StreamScanner::read_counts(std::string_view data)
{
    if (data.contains("\"delta\""))
        ++chunks_;
    const bool may_be_error = data.contains("\"error\"") && !data.contains("\"choices\"");
    if (!may_be_error && !has_object(data, "\"usage\"") && !has_object(data, "\"timings\""))
        return;
    const auto value = parse_json(data);
    if (!value)
        return;
    has_error_ |= may_be_error && value->is_object() && value->get_object().contains("error");
    if (const auto usage = read_usage(*value))
        usage_ = usage;
    if (const auto timings = read_timings(*value))
        timings_ = timings;
}

llm::TokenUsage StreamScanner::usage() const
{
    return usage_.value_or(timings_.value_or(llm::TokenUsage{0, chunks_}));
}

llm::TokenUsage usage_of(std::string_view body)
{
    const auto value = parse_json(body);
    if (!value)
        return {};
    return read_usage(*value).value_or(read_timings(*value).value_or(llm::TokenUsage{}));
}

} // namespace siyu::inference
