#pragma once

#include "core/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace siyu::llm::openai {

/// The answer to GET /v1/models.
struct ModelList {
    std::vector<std::string> names;
    bool is_llama_cpp = false;
    std::optional<std::int64_t> context_window; ///< the least that a model of the list has, where it is told
};

/// Errc::upstream with a sentence in the detail.
Result<ModelList> read_model_list(std::string_view body);

/// The answer to llama.cpp's GET /props; what is not told is absent.
struct Properties {
    std::optional<std::int64_t> context_window;
    std::optional<std::int64_t> slots;
};

Properties read_properties(std::string_view body);

} // namespace siyu::llm::openai
