#pragma once

#include <map>
#include <string>
#include <vector>

namespace siyu::config {

/// What the sources said, before anybody asks what it means: text at the leaves, each with its origin.
struct Raw {
    enum class Kind { absent, scalar, list, map };

    Kind kind = Kind::absent;
    std::string text;
    bool is_quoted = false; ///< "8080" in quotation marks is text, not a number
    std::string origin; ///< "siyu.yaml:7", "environment variable PORT"
    std::vector<Raw> items;
    std::map<std::string, Raw> members;

    bool is_absent() const { return kind == Kind::absent; }

    static Raw scalar(std::string text, std::string origin)
    {
        Raw node;
        node.kind = Kind::scalar;
        node.text = std::move(text);
        node.origin = std::move(origin);
        return node;
    }
};

/// Lays `over` upon `base`: maps member by member, everything else as a whole.
void overlay(Raw& base, Raw over);

/// Puts a scalar at a dotted name ("log.level"), over what stood there.
void set_at(Raw& root, const std::string& name, Raw value);

} // namespace siyu::config
