#include "state/storage/rows.hpp"

#include "core/base/json.hpp"

#include <boost/json/serialize.hpp>

namespace siyu::storage {

Result<Level> to_level(std::int64_t number)
{
    if (number < static_cast<int>(Level::l1_public) || number > static_cast<int>(Level::l5_core))
        return fail(Errc::corrupt, "a stored level that is not known");
    return static_cast<Level>(number);
}

std::string to_json(const boost::json::object& object)
{
    return boost::json::serialize(object);
}

Result<boost::json::object> to_object(const std::string& json)
{
    auto value = parse_json(json);
    if (!value || !value->is_object())
        return fail(Errc::corrupt, "stored JSON that is not an object");
    return std::move(value->get_object());
}

} // namespace siyu::storage
