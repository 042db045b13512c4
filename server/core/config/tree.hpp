#pragma once

#include <map>
#include <string>
#include <vector>

namespace siyu::config {

/// What the sources said, before anybody asks what it means: text at the leaves, each with its origin.
struct Node {
    enum class Kind { absent, scalar, list, map };

    Kind kind = Kind::absent;
    std::string text;
    bool is_quoted = false; ///< "8080" in quotation marks is text, not a number
    std::string origin; ///< "siyu.yaml:7", "environment variable PORT"
    std::vector<Node> items;
    std::map<std::string, Node> members;

    bool is_absent() const { return kind == Kind::absent; }

    static Node scalar(std::string text, std::string origin)
    {
        Node node;
        node.kind = Kind::scalar;
        node.text = std::move(text);
        node.origin = std::move(origin);
        return node;
    }
};

/// Lays `over` upon `base`: maps member by member, everything else as a whole.
void overlay(Node& base, Node over);

/// Puts a scalar at a dotted name ("log.level"), over what stood there.
void set_at(Node& root, const std::string& name, Node value);

} // namespace siyu::config
