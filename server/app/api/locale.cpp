#include "app/api/locale.hpp"

#include "core/base/text.hpp"

#include <cstdlib>
#include <string>

namespace siyu::api {
namespace {

/// The weight of "zh-CN;q=0.8"; 1 where none stands.
double weight_of(std::string_view range)
{
    const auto at = range.find("q=");
    if (at == std::string_view::npos)
        return 1.0;
    return std::strtod(std::string(range.substr(at + 2, 5)).c_str(), nullptr);
}

} // namespace

Locale choose_locale(std::string_view accept_language)
{
    auto best = Locale::en_us;
    double best_weight = 0;
    while (!accept_language.empty()) {
        const auto comma = accept_language.find(',');
        const auto range = to_lower(trim(accept_language.substr(0, comma)));
        const bool is_known = range.starts_with("zh") || range.starts_with("en");
        if (is_known && weight_of(range) > best_weight) {
            best = range.starts_with("zh") ? Locale::zh_cn : Locale::en_us;
            best_weight = weight_of(range);
        }
        accept_language = comma == std::string_view::npos ? std::string_view() : accept_language.substr(comma + 1);
    }
    return best;
}

std::string_view to_string(Locale locale)
{
    return locale == Locale::zh_cn ? "zh-CN" : "en-US";
}

} // namespace siyu::api
