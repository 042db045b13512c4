#pragma once

#include <string_view>

namespace siyu::api {

enum class Locale { zh_cn, en_us };

/// From an Accept-Language value (RFC 9110, 12.5.4) or a user's own setting: the heavier of Chinese and English, the first of
/// equals; English where neither stands.
Locale choose_locale(std::string_view accept_language);

std::string_view to_string(Locale locale);

} // namespace siyu::api
