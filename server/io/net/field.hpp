#pragma once

#include <string_view>

namespace siyu::http {

class Headers;

/// token = 1*tchar (RFC 9110, 5.6.2)
bool is_token(std::string_view text);

/// field-line = field-name ":" OWS field-value OWS (RFC 9112, 5), already free of control bytes. Stricter than most readers: no
/// blank before the colon and no folded line, since two readers that differ there can be played against each other. False: not
/// a field.
bool add_field(std::string_view line, Headers& headers);

/// Whether one of the comma-separated elements of the fields `name` is `element`, without regard to case.
bool has_element(const Headers& headers, std::string_view name, std::string_view element);

} // namespace siyu::http
