#pragma once

#include "core/base/result.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace siyu::cli {

// What goes over data/admin.sock: see admin_socket.hpp for the grammar.

inline constexpr std::size_t admin_line_bytes_max = 64 * 1024;

/// One line as an object. Errc::invalid when it is none.
Result<boost::json::object> read_admin_line(std::string_view line);
std::string write_admin_answer(const Result<boost::json::object>& answer);
/// What `write_admin_answer` wrote.
Result<boost::json::object> read_admin_answer(std::string_view line);

} // namespace siyu::cli
