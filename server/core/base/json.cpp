#include "core/base/json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>

#include <set>
#include <string>
#include <vector>

namespace siyu {
namespace {

/// Boost.JSON keeps the last of two equal names in silence; this handler watches the names alone.
class NameWatch {
public:
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    using error_code = boost::system::error_code;

    std::string duplicate;

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&)
    {
        names_.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t, error_code&)
    {
        names_.pop_back();
        return true;
    }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(std::size_t, error_code&) { return true; }
    bool on_key_part(json::string_view part, std::size_t, error_code&)
    {
        name_.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t, error_code& failure)
    {
        name_.append(part.data(), part.size());
        if (!names_.back().insert(name_).second) {
            duplicate = name_;
            failure = json::error::syntax;
            return false;
        }
        name_.clear();
        return true;
    }
    bool on_string_part(json::string_view, std::size_t, error_code&) { return true; }
    bool on_string(json::string_view, std::size_t, error_code&) { return true; }
    bool on_number_part(json::string_view, error_code&) { return true; }
    bool on_int64(std::int64_t, json::string_view, error_code&) { return true; }
    bool on_uint64(std::uint64_t, json::string_view, error_code&) { return true; }
    bool on_double(double, json::string_view, error_code&) { return true; }
    bool on_bool(bool, error_code&) { return true; }
    bool on_null(error_code&) { return true; }
    bool on_comment_part(json::string_view, error_code&) { return true; }
    bool on_comment(json::string_view, error_code&) { return true; }

private:
    std::vector<std::set<std::string>> names_;
    std::string name_;
};

} // namespace

Result<json::value> parse_json(std::string_view text)
{
    json::parse_options options;
    options.max_depth = json_depth_max;

    json::basic_parser<NameWatch> watch(options);
    boost::system::error_code failure;
    const auto read = watch.write_some(false, text.data(), text.size(), failure);
    if (!watch.handler().duplicate.empty())
        return fail(Errc::invalid, "a member name stands twice", "duplicate_key", watch.handler().duplicate);
    if (failure || read != text.size())
        return fail(Errc::invalid, failure ? failure.message() : "text after the value", "bad_json");

    auto value = json::parse({text.data(), text.size()}, failure, {}, options);
    if (failure)
        return fail(Errc::invalid, failure.message(), "bad_json");
    return value;
}

} // namespace siyu
