#include "core/config/yaml.hpp"

#include "core/base/text.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <fmt/format.h>

#include <optional>
#include <sstream>
#include <stdexcept>

namespace siyu::config {
namespace {

/// Ends the parser's run from inside its callbacks; it has no other way out. Never leaves this file.
struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Builds the tree from the parser's events. The parser's own document builder would expand aliases, keep the last of two
/// equal keys and recurse without bound.
class Builder final : public YAML::EventHandler {
public:
    Builder(std::string name, Language language) : name_(std::move(name)), language_(language) { }

    Raw take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark&) override { }
    void OnDocumentEnd() override { }

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        refuse_anchor(mark, anchor);
        auto node = Raw();
        node.origin = origin(mark);
        place(mark, std::move(node), "");
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse_anchor(mark, 1); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override
    {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        auto node = Raw::scalar(value, origin(mark));
        node.is_quoted = tag == "!"; // the parser's mark of quotation
        place(mark, std::move(node), value);
    }
    void OnSequenceStart(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(mark, tag, anchor, Raw::Kind::list);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(mark, tag, anchor, Raw::Kind::map);
    }
    void OnMapEnd() override { close(); }

private:
    struct Level {
        Raw node;
        std::optional<std::string> key; // of a map: the key whose value comes next
    };

    std::string origin(const YAML::Mark& mark) const { return fmt::format("{}:{}", name_, mark.line + 1); }

    [[noreturn]] void refuse(const YAML::Mark& mark, Phrase what) const
    {
        throw Refused(fmt::format("{}: {}", origin(mark), what.in(language_)));
    }

    void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) const
    {
        if (anchor != 0)
            refuse(mark, {"anchors and aliases (&, *) are not supported.", "不支持锚点和别名（&、*）。"});
    }

    void refuse_tag(const YAML::Mark& mark, const std::string& tag) const
    {
        if (!tag.empty() && tag != "?" && tag != "!")
            refuse(mark, {"tags (!) are not supported.", "不支持标签（!）。"});
    }

    void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Raw::Kind kind)
    {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        if (!levels_.empty() && levels_.back().node.kind == Raw::Kind::map && !levels_.back().key)
            refuse(mark, {"a setting's name must be plain text.", "设置项的名称必须是普通文本。"});
        if (levels_.size() >= yaml_depth_max)
            refuse(mark, {"nested too deeply.", "嵌套过深。"});
        Level level;
        level.node.kind = kind;
        level.node.origin = origin(mark);
        levels_.push_back(std::move(level));
    }

    void close()
    {
        auto node = std::move(levels_.back().node);
        levels_.pop_back();
        attach(std::move(node));
    }

    void place(const YAML::Mark& mark, Raw node, const std::string& text)
    {
        if (++nodes_ > yaml_nodes_max)
            refuse(mark, {"the file holds too many values.", "文件中的值过多。"});
        if (!levels_.empty() && levels_.back().node.kind == Raw::Kind::map && !levels_.back().key) {
            if (node.is_absent())
                refuse(mark, {"a setting's name is empty.", "设置项的名称为空。"});
            if (levels_.back().node.members.contains(text))
                throw Refused(fmt::format(
                    fmt::runtime(
                        Phrase{"{}: the setting \"{}\" is there twice; remove one.", "{}：设置项“{}”重复，请删除其中一个。"}.in(
                            language_)),
                    origin(mark), text));
            levels_.back().key = text;
            return;
        }
        attach(std::move(node));
    }

    void attach(Raw node)
    {
        if (levels_.empty()) {
            root_ = std::move(node);
            return;
        }
        auto& level = levels_.back();
        if (level.node.kind == Raw::Kind::list) {
            level.node.items.push_back(std::move(node));
            return;
        }
        level.node.members[*level.key] = std::move(node);
        level.key.reset();
    }

    std::string name_;
    Language language_;
    Raw root_;
    std::vector<Level> levels_;
    std::size_t nodes_ = 0;
};

/// The parser recurses with the text's nesting before it tells us of it, so brackets and indentation are counted first.
bool is_nested_too_deeply(std::string_view text)
{
    std::size_t brackets = 0;
    std::size_t dashes = 0; // "- - - -" opens a list each
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '[' || c == '{')
            ++brackets;
        else if ((c == ']' || c == '}') && brackets > 0)
            --brackets;
        if (c == '\n')
            dashes = 0;
        else if ((c == '-' || c == '?' || c == ':') && i + 1 < text.size() && text[i + 1] == ' ')
            ++dashes;
        if (brackets > 256 || dashes > 256)
            return true;
    }
    return false;
}

/// Indentation opens levels, too: one line more indented than the last, over and over.
bool is_indented_too_deeply(std::string_view text)
{
    std::size_t indent = 0;
    bool at_start = true;
    for (const char c : text) {
        if (c == '\n') {
            at_start = true;
            indent = 0;
        } else if (at_start && c == ' ') {
            if (++indent > 256)
                return true;
        } else {
            at_start = false;
        }
    }
    return false;
}

std::unexpected<Error> refused(const std::string& name, Language language, Phrase what)
{
    return fail(Errc::invalid, fmt::format("{}: {}", name, what.in(language)), "bad_setting", name);
}

} // namespace

Result<Raw> read_yaml(std::string_view text, const std::string& name, Language language)
{
    if (text.size() > yaml_bytes_max)
        return refused(name, language, {"the file is larger than 1 MiB.", "文件大于 1 MiB。"});
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    if (!is_utf8(text) || text.find('\0') != std::string_view::npos)
        return refused(name, language, {"the file is not UTF-8 text.", "文件不是 UTF-8 文本。"});
    if (is_nested_too_deeply(text) || is_indented_too_deeply(text))
        return refused(name, language, {"nested too deeply.", "嵌套过深。"});

    std::istringstream stream{std::string(text)};
    Builder builder(name, language);
    try {
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(builder))
            return Raw();
        auto root = builder.take();
        Builder second(name, language);
        if (parser.HandleNextDocument(second))
            return refused(name, language, {"the file holds more than one document (---).", "文件包含多个文档（---）。"});
        return root;
    } catch (const YAML::Exception& e) {
        return fail(Errc::invalid,
            fmt::format(
                fmt::runtime(Phrase{"{}:{}: this is not valid YAML ({}).", "{}:{}：不是有效的 YAML（{}）。"}.in(language)),
                name, e.mark.line + 1, e.msg),
            "bad_setting", name);
    } catch (const Refused& e) {
        return fail(Errc::invalid, e.what(), "bad_setting", name);
    }
}

} // namespace siyu::config
