#include "core/config/phrase.hpp"

namespace siyu::config {

Language language_of(std::string_view lc_all, std::string_view lc_messages, std::string_view lang)
{
    for (const auto locale : {lc_all, lc_messages, lang})
        if (!locale.empty())
            return locale.starts_with("zh") ? Language::chinese : Language::english;
    return Language::english;
}

} // namespace siyu::config
