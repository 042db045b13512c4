#include "core/config/tree.hpp"

namespace siyu::config {

void overlay(Node& base, Node over)
{
    if (base.kind != Node::Kind::map || over.kind != Node::Kind::map) {
        base = std::move(over);
        return;
    }
    for (auto& [name, member] : over.members)
        overlay(base.members[name], std::move(member));
}

void set_at(Node& root, const std::string& name, Node value)
{
    Node* at = &root;
    for (std::size_t begin = 0;;) {
        if (at->kind != Node::Kind::map) {
            *at = Node();
            at->kind = Node::Kind::map;
            at->origin = value.origin;
        }
        const auto dot = name.find('.', begin);
        at = &at->members[name.substr(begin, dot - begin)];
        if (dot == std::string::npos)
            break;
        begin = dot + 1;
    }
    *at = std::move(value);
}

} // namespace siyu::config
