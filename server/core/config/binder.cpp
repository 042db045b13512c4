#include "core/config/binder.hpp"

#include "core/base/text.hpp"
#include "core/config/check.hpp"

#include <fmt/format.h>

namespace siyu::config {
namespace {

constexpr std::size_t shown_bytes_max = 80;
constexpr std::string_view mask = "********";

std::string joined(const std::vector<std::string>& words)
{
    std::string out;
    for (const auto& word : words)
        out += (out.empty() ? "" : ", ") + word;
    return "[" + out + "]";
}

std::string shown(const Raw& node, Language language)
{
    switch (node.kind) {
    case Raw::Kind::absent: return std::string(Phrase{"no value", "空值"}.in(language));
    case Raw::Kind::list: return std::string(Phrase{"a list", "列表"}.in(language));
    case Raw::Kind::map: return std::string(Phrase{"a section", "小节"}.in(language));
    case Raw::Kind::scalar: break;
    }
    std::string text(utf8_prefix(node.text, shown_bytes_max));
    for (auto& c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f')
            c = ' ';
    return "\"" + text + (node.text.size() > shown_bytes_max ? "…\"" : "\"");
}

} // namespace

void Binding::refuse(const std::string& name, const std::string& origin, std::string_view what)
{
    if (error)
        return;
    const Phrase form{"{} ({}): {}", "{}（{}）：{}"};
    error = Error(Errc::invalid, fmt::format(fmt::runtime(form.in(language)), name, origin, what), "bad_setting", name);
}

void Binding::refuse_value(const std::string& name, const Raw& node, std::string_view allowed, bool shows_value)
{
    const Phrase with_value{"{} is not allowed; it must be {}.", "不允许{}；必须是{}。"};
    const Phrase without{"the value is not allowed; it must be {}.", "值不允许；必须是{}。"};
    refuse(name, node.origin,
        shows_value ? fmt::format(fmt::runtime(with_value.in(language)), shown(node, language), allowed)
                    : fmt::format(fmt::runtime(without.in(language)), allowed));
}

Section::Section(Binding& binding, const Raw& node, std::string prefix)
    : binding_(binding), node_(node), prefix_(std::move(prefix))
{
    if (node.kind != Raw::Kind::map && !node.is_absent())
        binding_.refuse_value(prefix_.empty() ? "siyu.yaml" : prefix_, node,
            Phrase{"a section of settings", "由设置项组成的小节"}.in(binding.language));
}

const Raw* Section::find(const std::string& name)
{
    known_.insert(name);
    const auto found = node_.members.find(name);
    return found == node_.members.end() || found->second.is_absent() ? nullptr : &found->second;
}

const Raw* Section::scalar(const std::string& name, std::string_view allowed)
{
    const auto* node = find(name);
    if (node != nullptr && node->kind != Raw::Kind::scalar) {
        binding_.refuse_value(full(name), *node, allowed);
        return nullptr;
    }
    return node;
}

bool Section::has(const std::string& name) const
{
    const auto found = node_.members.find(name);
    return found != node_.members.end() && !found->second.is_absent();
}

std::string Section::origin(const std::string& name) const
{
    const Raw* at = &node_;
    for (std::size_t begin = 0; begin <= name.size();) {
        const auto dot = std::min(name.find('.', begin), name.size());
        const auto found = at->members.find(name.substr(begin, dot - begin));
        if (found == at->members.end() || found->second.is_absent())
            return "default";
        at = &found->second;
        begin = dot + 1;
    }
    return at->origin;
}

std::string Section::one_of(const std::string& words) const
{
    return std::string(Phrase{"one of ", "以下之一："}.in(binding_.language)) + words;
}

void Section::describe(const std::string& name, std::string value)
{
    binding_.described.push_back({full(name), std::move(value), origin(name)});
}

void Section::text(const std::string& name, std::string& out, Reader<std::string> read, Phrase allowed)
{
    const auto words = allowed.in(binding_.language);
    if (const auto* node = scalar(name, words)) {
        auto value = read(node->text);
        // A URL with a user in it may hold a password.
        if (!value)
            return binding_.refuse_value(full(name), *node, words, node->text.find('@') == std::string::npos);
        out = std::move(*value);
    }
    describe(name, out);
}

void Section::address(const std::string& name, HostPort& out)
{
    std::optional<HostPort> value = out;
    optional_address(name, value);
    out = *value;
}

void Section::optional_address(const std::string& name, std::optional<HostPort>& out)
{
    const auto words = Phrase{"HOST:PORT with an IP address or localhost, for example 127.0.0.1:3000 or [::]:3000",
        "“主机:端口”，主机为 IP 地址或 localhost，例如 127.0.0.1:3000 或 [::]:3000"}
                           .in(binding_.language);
    if (const auto* node = scalar(name, words)) {
        const auto value = read_host_port(node->text);
        if (!value)
            return binding_.refuse_value(full(name), *node, words);
        out = value;
    }
    describe(name, out ? to_string(*out) : "");
}

void Section::integer(const std::string& name, std::int64_t& out, std::int64_t least, std::int64_t most)
{
    const Phrase form{"a whole number from {} to {}", "{} 到 {} 之间的整数"};
    const auto words = fmt::format(fmt::runtime(form.in(binding_.language)), least, most);
    if (const auto* node = scalar(name, words)) {
        const auto value = node->is_quoted ? std::nullopt : read_integer(node->text);
        if (!value || *value < least || *value > most)
            return binding_.refuse_value(full(name), *node, words);
        out = *value;
    }
    describe(name, std::to_string(out));
}

void Section::boolean(const std::string& name, bool& out)
{
    const auto words = Phrase{"true or false", "true 或 false"}.in(binding_.language);
    if (const auto* node = scalar(name, words)) {
        if (node->is_quoted || (node->text != "true" && node->text != "false"))
            return binding_.refuse_value(full(name), *node, words);
        out = node->text == "true";
    }
    describe(name, out ? "true" : "false");
}

void Section::secret(const std::string& name, Secret& out)
{
    const auto words = Phrase{"a reference, env:NAME or file:PATH, to a key of visible ASCII characters",
        "指向密钥（可见 ASCII 字符）的引用：env:变量名 或 file:路径"}
                           .in(binding_.language);
    const auto* node = find(name);
    if (node != nullptr) {
        if (node->kind != Raw::Kind::scalar)
            return binding_.refuse_value(full(name), *node, words, false);
        auto value = node->text.empty() ? Result<std::string>() : binding_.resolve_secret(node->text);
        if (!value)
            return binding_.refuse(full(name), node->origin, value.error().detail);
        if (!value->empty() && !read_key(*value))
            return binding_.refuse_value(full(name), *node, words, false);
        out = Secret(std::move(*value));
    }
    describe(name, out.is_empty() ? "" : std::string(mask));
}

void Section::texts(const std::string& name, std::vector<std::string>& out, Reader<std::string> read, Phrase allowed)
{
    const auto words = std::string(Phrase{"a list, each entry ", "列表，每一项为"}.in(binding_.language))
        + std::string(allowed.in(binding_.language));
    if (const auto* node = find(name)) {
        if (node->kind != Raw::Kind::list)
            return binding_.refuse_value(full(name), *node, words, false);
        out.clear();
        for (std::size_t i = 0; i < node->items.size(); ++i) {
            const auto& item = node->items[i];
            auto value = item.kind == Raw::Kind::scalar ? read(item.text) : std::nullopt;
            if (!value)
                return binding_.refuse_value(fmt::format("{}[{}]", full(name), i), item, allowed.in(binding_.language),
                    item.text.find('@') == std::string::npos);
            out.push_back(std::move(*value));
        }
    }
    describe(name, joined(out));
}

void Section::variables(const std::string& name, std::map<std::string, std::string>& out)
{
    const auto words = Phrase{"a section of NAME: value", "由“名称: 值”组成的小节"}.in(binding_.language);
    if (const auto* node = find(name)) {
        if (node->kind != Raw::Kind::map)
            return binding_.refuse_value(full(name), *node, words, false);
        for (const auto& [variable, value] : node->members) {
            const bool is_name = !variable.empty() && variable.find_first_of(std::string_view("=\0 ", 3)) == std::string::npos;
            if (!is_name || value.kind != Raw::Kind::scalar)
                return binding_.refuse_value(full(name) + "." + variable, value, words, false);
            out[variable] = value.text;
        }
    }
    std::vector<std::string> masked;
    masked.reserve(out.size());
    for (const auto& [variable, value] : out)
        masked.push_back(variable + "=" + std::string(mask));
    describe(name, joined(masked));
}

void Section::section(const std::string& name, const std::function<void(Section&)>& bind)
{
    static const Raw nothing;
    const auto* node = find(name);
    Section inner(binding_, node == nullptr ? nothing : *node, full(name));
    bind(inner);
    inner.finish();
}

void Section::each(const std::string& name, const std::function<void(Section&)>& bind)
{
    const auto* node = find(name);
    if (node == nullptr)
        return;
    if (node->kind != Raw::Kind::list)
        return binding_.refuse_value(
            full(name), *node, Phrase{"a list of sections", "由小节组成的列表"}.in(binding_.language), false);
    for (std::size_t i = 0; i < node->items.size(); ++i) {
        Section item(binding_, node->items[i], fmt::format("{}[{}]", full(name), i));
        bind(item);
        item.finish();
    }
}

void Section::finish()
{
    for (const auto& [name, node] : node_.members) {
        if (known_.contains(name))
            continue;
        const Phrase form{"there is no such setting; here are allowed: {}.", "没有这个设置项；此处允许：{}。"};
        std::string allowed;
        for (const auto& known : known_)
            allowed += (allowed.empty() ? "" : ", ") + known;
        Raw shown_name = Raw::scalar(name, node.origin);
        const auto safe = shown(shown_name, binding_.language);
        return binding_.refuse(
            full(safe.substr(1, safe.size() - 2)), node.origin, fmt::format(fmt::runtime(form.in(binding_.language)), allowed));
    }
}

} // namespace siyu::config
