#pragma once

#include "core/config/load.hpp"
#include "core/config/tree.hpp"

#include <functional>
#include <set>
#include <span>
#include <type_traits>

namespace siyu::config {

/// What is common to the sections of one load: the first error, what has been described, how secrets are found.
struct Binding {
    Language language = Language::english;
    std::function<Result<std::string>(const std::string& reference)> resolve_secret;
    std::vector<Described> described{};
    std::optional<Error> error{};

    /// One sentence: name (origin): what is wrong. Only the first is kept.
    void refuse(const std::string& name, const std::string& origin, std::string_view what);
    /// The same, for a value of another form than `allowed` says.
    void refuse_value(const std::string& name, const Raw& node, std::string_view allowed, bool shows_value = true);
};

/// One section of the settings. Each call names a setting, takes its value from the sources when it is there and right, and
/// describes what then holds; what a section has but nobody named is an error.
class Section {
public:
    Section(Binding& binding, const Raw& node, std::string prefix);

    template <class Enum> using Choices = std::span<const std::pair<std::string_view, Enum>>;
    template <class T> using Reader = std::optional<T> (*)(std::string_view text);

    void text(const std::string& name, std::string& out, Reader<std::string> read, Phrase allowed);
    void address(const std::string& name, HostPort& out);
    void optional_address(const std::string& name, std::optional<HostPort>& out);
    void integer(const std::string& name, std::int64_t& out, std::int64_t least, std::int64_t most);
    void boolean(const std::string& name, bool& out);
    void secret(const std::string& name, Secret& out);
    void texts(const std::string& name, std::vector<std::string>& out, Reader<std::string> read, Phrase allowed);
    /// NAME: value, the values never shown.
    void variables(const std::string& name, std::map<std::string, std::string>& out);
    /// A whole number of `Unit`s.
    template <class Duration, class Unit>
    void duration(const std::string& name, Duration& out, Unit unit, std::int64_t least, std::int64_t most)
    {
        auto count = static_cast<std::int64_t>(std::chrono::duration_cast<Unit>(out) / unit);
        integer(name, count, least, most);
        out = std::chrono::duration_cast<Duration>(unit * count);
    }
    template <class Enum> void choice(const std::string& name, Enum& out, std::type_identity_t<Choices<Enum>> choices)
    {
        std::string allowed;
        std::string_view current;
        for (const auto& [word, value] : choices) {
            allowed += (allowed.empty() ? "" : ", ") + std::string(word);
            if (value == out)
                current = word;
        }
        const auto* node = scalar(name, allowed);
        if (node == nullptr)
            return describe(name, std::string(current));
        for (const auto& [word, value] : choices)
            if (node->text == word) {
                out = value;
                return describe(name, node->text);
            }
        binding_.refuse_value(full(name), *node, one_of(allowed));
    }

    void section(const std::string& name, const std::function<void(Section&)>& bind);
    void each(const std::string& name, const std::function<void(Section&)>& bind);

    /// Where the value of a setting ("listen", "session.idle_minutes") came from; "default".
    std::string origin(const std::string& name) const;
    bool has(const std::string& name) const;
    std::string full(const std::string& name) const { return prefix_.empty() ? name : prefix_ + "." + name; }
    Binding& binding() { return binding_; }
    /// Refuses members that nobody named.
    void finish();

private:
    const Raw* find(const std::string& name);
    const Raw* scalar(const std::string& name, std::string_view allowed);
    std::string one_of(const std::string& words) const;
    void describe(const std::string& name, std::string value);

    Binding& binding_;
    const Raw& node_;
    std::string prefix_;
    std::set<std::string> known_;
};

} // namespace siyu::config
