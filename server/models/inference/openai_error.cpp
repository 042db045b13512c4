#include "models/inference/openai_error.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <string_view>

namespace siyu::inference {

namespace {

struct Sentence {
    std::string_view reason;
    std::string_view text;
};

constexpr auto sentences = std::to_array<Sentence>({
    {"bad_json", "The request body is not correct JSON."},
    {"duplicate_key", "A name stands twice in the JSON body."},
    {"too_deep", "The JSON body is nested too deeply."},
    {"not_an_object", "The request body must be a JSON object."},
    {"missing_field", "A required field is missing."},
    {"wrong_type", "A field has the wrong type."},
    {"model_not_found", "This model does not exist here. GET /v1/models lists those that do."},
    {"no_model", "No model is connected at the moment."},
    {"model_down", "The model is down at the moment. Please try again later."},
    {"model_loading", "The model is being loaded. Please try again in a moment."},
    {"model_overloaded", "The model server has too much to do. Please try again in a moment."},
    {"model_queue_full", "Too many requests wait for this model. Please try again in a moment."},
    {"slot_timeout", "The model did not become free in time. Please try again in a moment."},
    {"upstream_rate_limited", "The model server limits the rate of requests. Please try again later."},
    {"upstream_auth", "The model server refuses the API key that is configured here; an administrator has to mend it."},
    {"upstream_model_not_found", "The model server does not know this model."},
    {"upstream_refused", "The model server refused the request."},
    {"upstream_error", "The model server failed."},
    {"upstream_malformed", "The model server's answer cannot be understood."},
    {"upstream_cut", "The model server broke off in the middle of the answer."},
    {"upstream_timeout", "The model server ran out of time."},
    {"upstream_unreachable", "The model server cannot be reached."},
    {"context_exceeded", "The request is longer than the model's context window."},
    {"connect_timeout", "The model server did not take the connection in time."},
    {"first_token_timeout", "The model did not begin to answer in time."},
    {"stalled", "The model stopped in the middle of the answer."},
    {"total_timeout", "The answer took longer than is allowed."},
    {"egress_forbidden", "Requests may not be sent to this model server."},
    {"not_recorded", "The call could not be recorded, so it was not made or not completed."},
});

std::string_view sentence_of(const Error& error)
{
    for (const auto& sentence : sentences)
        if (sentence.reason == error.reason)
            return sentence.text;
    switch (error.code) {
    case Errc::invalid: return "The request is not valid.";
    case Errc::unauthenticated: return "The API key is missing or not valid.";
    case Errc::forbidden: return "This key may not do this.";
    case Errc::not_found: return "There is nothing here.";
    case Errc::too_large: return "The request or its answer is too large.";
    case Errc::rate_limited: return "Too many requests. Please slow down.";
    case Errc::unavailable: return "The service cannot do this at the moment. Please try again.";
    case Errc::timeout: return "It took too long.";
    case Errc::cancelled: return "The request was cancelled.";
    case Errc::upstream: return "The model server answered with an error.";
    default: return "Something went wrong in the server.";
    }
}

std::string_view type_of(const Error& error)
{
    switch (error.code) {
    case Errc::unauthenticated: return "authentication_error";
    case Errc::forbidden: return "permission_error";
    case Errc::rate_limited: return "rate_limit_error";
    case Errc::invalid:
    case Errc::not_found:
    case Errc::too_large: return "invalid_request_error";
    default: return error.reason == "context_exceeded" ? "invalid_request_error" : "server_error";
    }
}

} // namespace

int openai_status(const Error& error)
{
    if (error.reason == "context_exceeded")
        return 400;
    switch (error.code) {
    case Errc::invalid: return 400;
    case Errc::unauthenticated: return 401;
    case Errc::forbidden: return 403;
    case Errc::not_found: return 404;
    case Errc::conflict: return 409;
    case Errc::too_large: return 413;
    case Errc::rate_limited: return 429;
    case Errc::cancelled: return 499;
    case Errc::upstream: return 502;
    case Errc::unavailable: return 503;
    case Errc::timeout: return 504;
    default: return 500;
    }
}

std::string openai_error_body(const Error& error)
{
    boost::json::object inner{{"message", sentence_of(error)}, {"type", type_of(error)}};
    inner["param"] = error.field.empty() ? boost::json::value(nullptr) : boost::json::value(error.field);
    inner["code"] = error.reason.empty() ? std::string(to_string(error.code)) : error.reason;
    return boost::json::serialize(boost::json::object{{"error", std::move(inner)}});
}

http::Response openai_error(const Error& error)
{
    http::Response response{.status = openai_status(error), .body = openai_error_body(error)};
    response.headers.add("Content-Type", "application/json");
    if (error.code == Errc::rate_limited || error.code == Errc::unavailable)
        response.headers.add("Retry-After", "1");
    return response;
}

std::string openai_error_event(const Error& error)
{
    return "data: " + openai_error_body(error) + "\n\n";
}

} // namespace siyu::inference
