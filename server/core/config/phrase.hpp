#pragma once

#include <string_view>

namespace siyu::config {

/// The language of the terminal.
enum class Language { english, chinese };

/// From LC_ALL, LC_MESSAGES or LANG, whichever is set first: zh* is Chinese.
Language language_of(std::string_view lc_all, std::string_view lc_messages, std::string_view lang);

/// One sentence, or part of one, for an operator.
struct Phrase {
    std::string_view english;
    std::string_view chinese;

    std::string_view in(Language language) const { return language == Language::chinese ? chinese : english; }
};

} // namespace siyu::config
