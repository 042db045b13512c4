#include "models/inference/json_inspection.hpp"

#include "core/base/text.hpp"
#include "models/inference/limits.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <simdjson.h>

#include <algorithm>
#include <unordered_set>
#include <vector>

namespace siyu::inference {

namespace {

namespace od = simdjson::ondemand;

std::unexpected<Error> bad_json(simdjson::error_code error)
{
    return fail(Errc::invalid, std::string("not correct JSON: ") + simdjson::error_message(error), "bad_json");
}

/// The names of one object, to find one that comes twice. Views into the parser's buffer.
class Names {
public:
    bool add(std::string_view name)
    {
        if (few_.size() < few_max) {
            if (std::ranges::find(few_, name) != few_.end())
                return false;
            few_.push_back(name);
            return true;
        }
        if (many_.empty())
            many_.insert(few_.begin(), few_.end());
        return many_.insert(name).second;
    }

private:
    static constexpr std::size_t few_max = 24;
    std::vector<std::string_view> few_;
    std::unordered_set<std::string_view> many_;
};

class Walker {
public:
    Result<void> check(od::value value, std::size_t depth);

    /// The next name of `object`, not met in it before.
    Result<std::string_view> check_name(od::field& field, Names& names)
    {
        std::string_view name;
        if (const auto error = field.unescaped_key().get(name); error)
            return bad_json(error);
        if (!is_utf8(name))
            return fail(Errc::invalid, "a name with a lone surrogate", "bad_json");
        if (!names.add(name))
            return fail(Errc::invalid, "a name stands twice", "duplicate_key", is_utf8(name) ? std::string(name) : "");
        return name;
    }

private:
    Result<void> check_object(od::value value, std::size_t depth);
    Result<void> check_array(od::value value, std::size_t depth);
    Result<void> check_scalar(od::value value, od::json_type type);
};

Result<void> Walker::check(od::value value, std::size_t depth)
{
    od::json_type type{};
    if (const auto error = value.type().get(type); error)
        return bad_json(error);
    if (type != od::json_type::object && type != od::json_type::array)
        return check_scalar(value, type);
    if (depth >= json_depth_max)
        return fail(Errc::invalid, "nested too deeply", "too_deep");
    return type == od::json_type::object ? check_object(value, depth + 1) : check_array(value, depth + 1);
}

Result<void> Walker::check_object(od::value value, std::size_t depth)
{
    od::object object;
    if (const auto error = value.get_object().get(object); error)
        return bad_json(error);
    Names names;
    for (auto item : object) {
        od::field field;
        if (const auto error = std::move(item).get(field); error)
            return bad_json(error);
        if (const auto name = check_name(field, names); !name)
            return fail(name.error());
        if (auto inner = check(field.value(), depth); !inner)
            return inner;
    }
    return {};
}

Result<void> Walker::check_array(od::value value, std::size_t depth)
{
    od::array array;
    if (const auto error = value.get_array().get(array); error)
        return bad_json(error);
    for (auto item : array) {
        od::value element;
        if (const auto error = std::move(item).get(element); error)
            return bad_json(error);
        if (auto inner = check(element, depth); !inner)
            return inner;
    }
    return {};
}

Result<void> Walker::check_scalar(od::value value, od::json_type type)
{
    auto error = simdjson::SUCCESS;
    if (type == od::json_type::string) {
        std::string_view text;
        error = value.get_string().get(text);
        if (!error && !is_utf8(text)) // an escaped surrogate without its other half
            return fail(Errc::invalid, "a lone surrogate", "bad_json");
    } else if (type == od::json_type::number) {
        double number = 0;
        error = value.get_double().get(number);
    } else if (type == od::json_type::boolean) {
        bool flag = false;
        error = value.get_bool().get(flag);
    } else {
        bool is_null = false;
        error = value.is_null().get(is_null);
        if (!error && !is_null)
            error = simdjson::N_ATOM_ERROR;
    }
    if (error)
        return bad_json(error);
    return {};
}

std::unexpected<Error> wrong_type(std::string_view field)
{
    return fail(Errc::invalid, "wrong type of " + std::string(field), "wrong_type", std::string(field));
}

/// The members of the request that matter here; the others are only checked.
class RequestReader {
public:
    explicit RequestReader(const std::string& body) : body_(body) { }

    Result<void> take(std::string_view name, od::value value)
    {
        od::json_type type{};
        if (const auto error = value.type().get(type); error)
            return bad_json(error);
        if (name == "model")
            return take_model(value, type);
        if (name == "stream" && type != od::json_type::boolean && type != od::json_type::null)
            return wrong_type(name);
        if (name == "stream" && type == od::json_type::boolean)
            return take_stream(value);
        if (name == "stream_options" && type != od::json_type::object && type != od::json_type::null)
            return wrong_type(name);
        if (name == "messages" && type != od::json_type::array)
            return wrong_type(name);
        has_messages_ |= name == "messages";
        return walker_.check(value, 1);
    }

    Result<ChatInspection> finish()
    {
        if (!has_model_)
            return fail(Errc::invalid, "no model", "missing_field", "model");
        if (found_.model.empty())
            return fail(Errc::invalid, "an empty model", "empty_field", "model");
        if (!has_messages_)
            return fail(Errc::invalid, "no messages", "missing_field", "messages");
        return std::move(found_);
    }

    Walker& walker() { return walker_; }

private:
    Result<void> take_model(od::value value, od::json_type type)
    {
        if (type != od::json_type::string)
            return wrong_type("model");
        const std::string_view token = trim(value.raw_json_token());
        found_.model_begin = static_cast<std::size_t>(token.data() - body_.data());
        std::string_view text;
        if (const auto error = value.get_string().get(text); error)
            return bad_json(error);
        if (!is_utf8(text))
            return fail(Errc::invalid, "a lone surrogate", "bad_json", "model");
        // Blanks of any kind may follow in the token: the value ends at the last quote.
        found_.model_end = found_.model_begin + token.rfind('"') + 1;
        found_.model = text;
        has_model_ = true;
        return {};
    }

    Result<void> take_stream(od::value value)
    {
        if (const auto error = value.get_bool().get(found_.is_stream); error)
            return bad_json(error);
        return {};
    }

    const std::string& body_;
    Walker walker_;
    ChatInspection found_;
    bool has_model_ = false;
    bool has_messages_ = false;
};

} // namespace

Result<ChatInspection> inspect_chat_request(std::string& body)
{
    body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    thread_local od::parser parser; // its buffers are used again
    od::document document;
    if (const auto error =
            parser.iterate(simdjson::padded_string_view(body.data(), body.size(), body.capacity())).get(document);
        error)
        return bad_json(error);
    od::json_type type{};
    if (const auto error = document.type().get(type); error)
        return bad_json(error);
    if (type != od::json_type::object)
        return fail(Errc::invalid, "the body is no object", "not_an_object");
    od::object object;
    if (const auto error = document.get_object().get(object); error)
        return bad_json(error);
    RequestReader reader(body);
    Names names;
    for (auto item : object) {
        od::field field;
        if (const auto error = std::move(item).get(field); error)
            return bad_json(error);
        const auto name = reader.walker().check_name(field, names);
        if (!name)
            return fail(name.error());
        if (auto taken = reader.take(*name, field.value()); !taken)
            return fail(taken.error());
    }
    if (const char* rest = nullptr; !document.current_location().get(rest))
        return fail(Errc::invalid, "text after the body's end", "bad_json");
    return reader.finish();
}

std::string splice_model(std::string_view body, const ChatInspection& inspection, std::string_view model)
{
    std::string spliced(body.substr(0, inspection.model_begin));
    spliced += boost::json::serialize(boost::json::string(model));
    spliced += body.substr(inspection.model_end);
    return spliced;
}

} // namespace siyu::inference
