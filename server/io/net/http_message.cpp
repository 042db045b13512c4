#include "io/net/http_message.hpp"

#include "core/base/text.hpp"

#include <fmt/format.h>

namespace siyu::http {

void Headers::set(std::string_view name, std::string value)
{
    remove(name);
    add(std::string(name), std::move(value));
}

void Headers::remove(std::string_view name)
{
    std::erase_if(fields_, [&](const Field& field) { return equals_ignoring_case(field.first, name); });
}

std::string_view Headers::find(std::string_view name) const
{
    for (const auto& [field, value] : fields_)
        if (equals_ignoring_case(field, name))
            return value;
    return {};
}

bool Headers::has(std::string_view name) const
{
    return std::ranges::any_of(fields_, [&](const Field& field) { return equals_ignoring_case(field.first, name); });
}

Response Handler::refuse(const Request&, int status, std::string_view code)
{
    Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/problem+json");
    response.body = fmt::format(R"({{"type":"urn:siyu:problem:{0}","title":"{0}","status":{1},"code":"{0}"}})", code, status);
    return response;
}

} // namespace siyu::http
