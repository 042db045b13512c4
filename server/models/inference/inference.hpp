#pragma once

#include "io/net/http_message.hpp"
#include "models/inference/call.hpp"
#include "models/inference/services.hpp"

#include <memory>
#include <string>

namespace siyu::inference {

/// A request to /v1/chat/completions as it came.
struct RelayRequest {
    Asker asker;
    std::string body;
    std::shared_ptr<http::Abort> left; ///< triggered when the client leaves
};

/// The one way to a model: every call is decided, permitted, recorded before and after. Thread-safe; `stop` is awaited before
/// it goes, on the thread that it was given.
class Inference {
public:
    virtual ~Inference() = default;

    /// Decides whether `asker` may have `model` (empty: the default one) and prepares the call; nothing is sent or stored.
    /// Errc::forbidden, not_found "model_not_found", unavailable "no_model".
    virtual Result<std::unique_ptr<Call>> admit(
        Asker asker, Purpose purpose, std::string model, std::string object_type, std::string object_id) = 0;

    /// The pass-through for OpenAI's clients: the same governed call, its bytes untouched but for the model's name. Always an
    /// answer in OpenAI's shape.
    virtual Task<http::Response> relay(RelayRequest request) = 0;

    /// The models that `principal` may use.
    virtual std::shared_ptr<const llm::Snapshot> models(const Principal& principal) const = 0;

    /// Returns when the records of what was left behind are written.
    virtual Task<> stop() = 0;
};

/// `executor` runs what outlives a request; it is where `stop` is awaited.
std::unique_ptr<Inference> make_inference(Services services, Executor executor, async::TaskGroup::Report report);

} // namespace siyu::inference
