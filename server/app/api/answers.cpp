#include "app/api/answers.hpp"

#include <boost/json/serialize.hpp>

namespace siyu::api {

http::Response json_answer(int status, const boost::json::value& body)
{
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json");
    response.headers.add("Cache-Control", "no-store");
    response.body = boost::json::serialize(body);
    return response;
}

http::Response no_content()
{
    http::Response response;
    response.status = 204;
    return response;
}

} // namespace siyu::api
