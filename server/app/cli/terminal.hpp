#pragma once

#include "core/base/result.hpp"
#include "core/config/phrase.hpp"

#include <fmt/format.h>

#include <string>

namespace siyu::cli {

/// The language that the terminal's environment asks for.
config::Language terminal_language();

inline std::string_view in_terminal_language(config::Phrase phrase)
{
    return phrase.in(terminal_language());
}

/// A phrase with its {} filled in.
template <class... Values> std::string filled(config::Phrase phrase, const Values&... values)
{
    return fmt::format(fmt::runtime(in_terminal_language(phrase)), values...);
}

/// One line on standard output.
void say(std::string_view line);
/// One line on standard error, after the program's name.
void complain(std::string_view line);
/// An error as the operator should read it: the sentence for its reason, then what is closer to the cause.
std::string sentence_of(const Error& error);

/// From standard input: one line, or without echo when a person types. Errc::invalid when empty or too long.
Result<std::string> read_password();

} // namespace siyu::cli
