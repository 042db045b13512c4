#pragma once

// Small steps between records and rows that every repository takes.

#include "core/base/clock.hpp"
#include "io/db/database.hpp"
#include "state/storage/records.hpp"

namespace siyu::storage {

inline db::Value to_value(const std::optional<Time>& time)
{
    return time ? db::Value(to_micros(*time)) : db::Value();
}

inline db::Value to_value(const std::optional<std::string>& text)
{
    return text ? db::Value(*text) : db::Value();
}

template <class Tag> db::Value to_value(const std::optional<Id<Tag>>& id)
{
    return id ? db::Value(id->text) : db::Value();
}

inline db::Value to_value(bool truth)
{
    return std::int64_t{truth};
}

inline std::optional<Time> time_or_nothing(const db::Row& row, std::size_t column)
{
    return row.is_null(column) ? std::nullopt : std::optional(from_micros(row.integer(column)));
}

inline std::optional<std::string> text_or_nothing(const db::Row& row, std::size_t column)
{
    return row.is_null(column) ? std::nullopt : std::optional(row.text(column));
}

/// Errc::corrupt for a value that the closed list does not have.
template <class T> Result<T> known(std::optional<T> parsed, const char* what)
{
    if (!parsed)
        return fail(Errc::corrupt, std::string("a stored ") + what + " that is not known");
    return *parsed;
}

Result<Level> to_level(std::int64_t number);
std::string to_json(const boost::json::object& object);
Result<boost::json::object> to_object(const std::string& json);

} // namespace siyu::storage
