#include "models/inference/inference.hpp"

#include "models/inference/closer.hpp"
#include "models/inference/governed_call.hpp"
#include "models/inference/json_inspection.hpp"
#include "models/inference/openai_error.hpp"
#include "models/inference/relay.hpp"
#include "trust/policy/decide.hpp"

namespace siyu::inference {

namespace {

policy::Permission permission_for(Purpose purpose)
{
    return purpose == Purpose::gateway ? policy::Permission::v1_use : policy::Permission::chat_use;
}

class Governed final : public Inference {
public:
    Governed(Services services, Executor executor, async::TaskGroup::Report report)
        : services_(services), closer_(executor, services.journal, services.log, std::move(report))
    {
    }

    Result<std::unique_ptr<Call>> admit(
        Asker asker, Purpose purpose, std::string model, std::string object_type, std::string object_id) override
    {
        auto facts = decide(std::move(asker), purpose, std::move(model));
        if (!facts)
            return fail(facts.error());
        facts->object_type = std::move(object_type);
        facts->object_id = std::move(object_id);
        return std::make_unique<GovernedCall>(services_, std::move(*facts));
    }

    Task<http::Response> relay(RelayRequest request) override
    {
        auto inspection = inspect_chat_request(request.body);
        if (!inspection)
            co_return openai_error(inspection.error());
        auto facts = decide(request.asker, Purpose::gateway, inspection->model);
        if (!facts)
            co_return openai_error(facts.error());
        co_return co_await relay_chat(services_, closer_, std::move(*facts), std::move(request), std::move(*inspection));
    }

    std::shared_ptr<const llm::Snapshot> models(const Principal& principal) const override
    {
        static const auto none = std::make_shared<const llm::Snapshot>();
        return policy::decide(principal, policy::Permission::model_read) ? services_.registry.snapshot() : none;
    }

    Task<> stop() override { co_await closer_.stop(); }

private:
    Result<CallFacts> decide(Asker asker, Purpose purpose, std::string model)
    {
        if (const auto decision = policy::decide(asker.principal, permission_for(purpose)); !decision)
            return fail(Errc::forbidden, "policy refuses the call", std::string(decision.reason));
        const auto snapshot = services_.registry.snapshot();
        if (model.empty())
            model = snapshot->default_model;
        if (model.empty())
            return fail(Errc::unavailable, "no model is connected", "no_model");
        const auto* upstream = snapshot->find(model);
        if (!upstream)
            return fail(Errc::not_found, "no upstream serves the model", "model_not_found", "model");
        return CallFacts{.asker = std::move(asker), .purpose = purpose, .model = std::move(model), .provider = upstream->name};
    }

    const Services services_;
    Closer closer_;
};

} // namespace

std::unique_ptr<Inference> make_inference(Services services, Executor executor, async::TaskGroup::Report report)
{
    return std::make_unique<Governed>(services, executor, std::move(report));
}

} // namespace siyu::inference
