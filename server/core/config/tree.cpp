#include "core/config/tree.hpp"

namespace siyu::config {

void overlay(Raw& base, Raw over)
{
    if (base.kind != Raw::Kind::map || over.kind != Raw::Kind::map) {
        base = std::move(over);
        return;
    }
    for (auto& [name, member] : over.members)
        overlay(base.members[name], std::move(member));
}

void set_at(Raw& root, const std::string& name, Raw value)
{
    Raw* at = &root;
    for (std::size_t begin = 0;;) {
        if (at->kind != Raw::Kind::map) {
            *at = Raw();
            at->kind = Raw::Kind::map;
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
