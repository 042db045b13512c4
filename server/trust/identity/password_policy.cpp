#include "trust/identity/password_policy.hpp"

#include "core/base/text.hpp"
#include "trust/identity/limits.hpp"
#include "trust/identity/names.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace siyu::identity {
namespace {

constexpr std::size_t different_chars_min = 5;
constexpr std::size_t name_chars_to_look_for = 3; ///< a shorter name stands in too many words

/// What people begin with and then pad. Compared after undoing the usual substitutions and dropping what is no letter.
constexpr std::array<std::string_view, 44> common_words{"password", "passwort", "passw", "administrator", "admin", "adminadmin",
    "administrador", "root", "rootroot", "welcome", "welcometo", "letmein", "letmeinnow", "changeme", "changemenow", "default",
    "secret", "secretsecret", "qwerty", "qwertyuiop", "qwertyuiopasdfghjkl", "asdfghjkl", "zxcvbnm", "qazwsx", "qazwsxedc",
    "qazwsxedcrfv", "iloveyou", "monkey", "dragon", "football", "baseball", "sunshine", "princess", "superman", "trustno",
    "login", "test", "testtest", "user", "guest", "siyu", "siyusiyu", "woaini", "mima"};

constexpr std::array<std::string_view, 7> walks{"01234567890123456789", "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm", "1q2w3e4r5t6y7u8i9o0p",
    "zaq12wsxcde34rfvbgt5"};

char undone(char c)
{
    switch (c) {
    case '0': return 'o';
    case '1': return 'i';
    case '3': return 'e';
    case '4':
    case '@': return 'a';
    case '5':
    case '$': return 's';
    case '7': return 't';
    default: return c;
    }
}

/// The letters of a word that is padded with digits and signs at its ends.
std::string core_of(std::string_view lower)
{
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto first = std::ranges::find_if(lower, is_letter);
    auto last = lower.end();
    while (last != first && !is_letter(*(last - 1)))
        --last;
    return {first, last};
}

bool is_common_word(std::string_view word)
{
    return std::ranges::find(common_words, word) != common_words.end();
}

std::string with_substitutions_undone(std::string_view text)
{
    std::string out;
    for (const char c : text)
        out += undone(c);
    return out;
}

/// One walk over the keyboard or the alphabet, forth or back, or the same again and again.
bool is_walk(std::string_view lower)
{
    std::string backwards(lower.rbegin(), lower.rend());
    return std::ranges::any_of(walks, [&](std::string_view walk) {
        return walk.find(lower) != std::string_view::npos || walk.find(backwards) != std::string_view::npos;
    });
}

/// The shortest text that, repeated, makes this one.
std::string_view period_of(std::string_view text)
{
    for (std::size_t length = 1; length <= text.size() / 2; ++length) {
        bool repeats = true;
        for (std::size_t i = length; i < text.size() && repeats; ++i)
            repeats = text[i] == text[i - length];
        if (repeats)
            return text.substr(0, length);
    }
    return text;
}

bool is_common(std::string_view password)
{
    const auto lower = to_lower(password);
    const auto period = period_of(lower);
    if (std::set<char>(lower.begin(), lower.end()).size() < different_chars_min || is_walk(lower)
        || (period.size() > 2 && is_walk(period)))
        return true;
    for (const auto& form : {lower, std::string(period)}) {
        const auto core = core_of(form);
        if (is_common_word(core) || is_common_word(core_of(with_substitutions_undone(core)))
            || is_common_word(core_of(with_substitutions_undone(form))))
            return true;
    }
    return false;
}

} // namespace

Result<void> check_password(
    std::string_view password, std::string_view user_name, std::size_t chars_min, std::string_view field)
{
    const auto refuse = [&](const char* reason, const char* detail) {
        return fail(Errc::invalid, detail, reason, std::string(field));
    };
    if (!is_utf8(password))
        return refuse("invalid", "a password is UTF-8 text");
    if (count_chars(password) < chars_min)
        return refuse("password_too_short", "the password is too short");
    if (password.size() > password_bytes_max || count_chars(password) > password_chars_max)
        return refuse("password_too_long", "the password is too long");
    if (count_chars(user_name) >= name_chars_to_look_for && to_lower(password).find(to_lower(user_name)) != std::string::npos)
        return refuse("password_contains_name", "the password contains the user name");
    if (is_common(password))
        return refuse("password_too_common", "the password is one of those that are tried first");
    return {};
}

} // namespace siyu::identity
