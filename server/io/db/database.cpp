#include "io/db/database.hpp"

#include <stdexcept>

namespace siyu::db {
namespace {

template <class T> const T& as(const Value& value, const char* type)
{
    if (const auto* found = std::get_if<T>(&value))
        return *found;
    throw std::logic_error(std::string("a column is not ") + type);
}

} // namespace

std::int64_t Row::integer(std::size_t column) const
{
    return as<std::int64_t>(values_.at(column), "an integer");
}

const std::string& Row::text(std::size_t column) const
{
    return as<std::string>(values_.at(column), "text");
}

const Bytes& Row::bytes(std::size_t column) const
{
    return as<Bytes>(values_.at(column), "octets");
}

} // namespace siyu::db
