#include "core/observe/metrics.hpp"

#include "core/observe/process_stats.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <limits>

namespace siyu::observe {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

ClientMetric one(Labels labels, MetricType type, double value)
{
    ClientMetric metric;
    metric.label = std::move(labels);
    if (type == MetricType::Counter)
        metric.counter.value = value;
    else
        metric.gauge.value = value;
    return metric;
}

ClientMetric one(Labels labels, const Histogram& histogram)
{
    const auto totals = histogram.totals();
    ClientMetric metric;
    metric.label = std::move(labels);
    metric.histogram.sample_count = totals.count;
    metric.histogram.sample_sum = totals.sum_seconds;
    std::uint64_t cumulative = 0;
    for (std::size_t i = 0; i < totals.buckets.size(); ++i) {
        cumulative += totals.buckets[i];
        const bool is_last = i == Histogram::bounds_seconds.size();
        metric.histogram.bucket.push_back(
            {cumulative, is_last ? std::numeric_limits<double>::infinity() : Histogram::bounds_seconds[i]});
    }
    return metric;
}

/// The exposition in the making: one family after another.
class Page {
public:
    MetricFamily& family(std::string name, std::string help, MetricType type)
    {
        auto& added = families_.emplace_back();
        added.name = std::move(name);
        added.help = std::move(help);
        added.type = type;
        return added;
    }
    void gauge(std::string name, std::string help, double value)
    {
        family(std::move(name), std::move(help), MetricType::Gauge).metric.push_back(one({}, MetricType::Gauge, value));
    }
    void counter(std::string name, std::string help, double value)
    {
        family(std::move(name), std::move(help), MetricType::Counter).metric.push_back(one({}, MetricType::Counter, value));
    }
    std::string text() const { return prometheus::TextSerializer().Serialize(families_); }

private:
    std::vector<MetricFamily> families_;
};

double number(const Counter& counter)
{
    return static_cast<double>(counter.value());
}

void add_process(Page& page)
{
    const auto stats = read_process_stats();
    page.gauge("process_resident_memory_bytes", "Memory in use.", static_cast<double>(stats.resident_bytes));
    page.gauge("process_virtual_memory_bytes", "Address space in use.", static_cast<double>(stats.virtual_bytes));
    page.gauge("process_open_fds", "Open file descriptors.", static_cast<double>(stats.open_fds));
    page.gauge("process_max_fds", "How many there may be.", static_cast<double>(stats.max_fds));
    page.gauge("process_threads", "Threads.", static_cast<double>(stats.threads));
    page.counter("process_cpu_seconds_total", "Processor time, user and system.", stats.cpu_seconds);
    page.gauge("process_start_time_seconds", "When the process started, since 1970.", stats.start_time_seconds);
}

void add_turns(Page& page, const TurnMetrics& turns)
{
    page.gauge("siyu_turns_running", "Turns being answered.", static_cast<double>(turns.running.value()));
    auto& ended = page.family("siyu_turns_total", "Turns by how they ended.", MetricType::Counter);
    for (const auto& [state, counter] : {std::pair("done", &turns.done), std::pair("stopped", &turns.stopped),
             std::pair("failed", &turns.failed), std::pair("interrupted", &turns.interrupted)})
        ended.metric.push_back(one({{"state", state}}, MetricType::Counter, number(*counter)));
}

} // namespace

Metrics::Metrics() = default;
Metrics::~Metrics() = default;

RouteMetrics& Metrics::route(std::string_view method, std::string_view path_template)
{
    const std::lock_guard lock(guard_);
    for (const auto& entry : routes_)
        if (entry.labels[0] == method && entry.labels[1] == path_template)
            return *entry.metrics;
    routes_.push_back({{std::string(method), std::string(path_template)}, std::make_unique<RouteMetrics>()});
    return *routes_.back().metrics;
}

ModelMetrics& Metrics::model(std::string_view provider, std::string_view model)
{
    const std::lock_guard lock(guard_);
    for (;;) {
        for (const auto& entry : models_)
            if (entry.labels[0] == provider && entry.labels[1] == model)
                return *entry.metrics;
        if (models_.size() < models_max || provider == "other") {
            models_.push_back({{std::string(provider), std::string(model)}, std::make_unique<ModelMetrics>()});
            return *models_.back().metrics;
        }
        provider = "other";
        model = "other";
    }
}

void Metrics::add_probe(std::string name, std::string help, std::function<double()> ask)
{
    const std::lock_guard lock(guard_);
    probes_.push_back({std::move(name), std::move(help), std::move(ask)});
}

void Metrics::forget_probes()
{
    const std::lock_guard lock(guard_);
    probes_.clear();
}

std::string Metrics::expose() const
{
    const std::lock_guard lock(guard_);
    Page page;
    auto& requests = page.family("siyu_http_requests_total", "Requests by route and class of status.", MetricType::Counter);
    for (const auto& [labels, metrics] : routes_)
        for (std::size_t i = 0; i < metrics->by_class.size(); ++i)
            if (const auto count = number(metrics->by_class[i]); count > 0)
                requests.metric.push_back(
                    one({{"method", labels[0]}, {"route", labels[1]}, {"class", i == 0 ? "none" : std::to_string(i) + "xx"}},
                        MetricType::Counter, count));
    auto& durations = page.family("siyu_http_request_duration_seconds", "Until the answer's end.", MetricType::Histogram);
    for (const auto& [labels, metrics] : routes_)
        durations.metric.push_back(one({{"method", labels[0]}, {"route", labels[1]}}, metrics->duration));

    auto& calls = page.family("siyu_model_calls_total", "Governed model calls by outcome.", MetricType::Counter);
    for (const auto& [labels, metrics] : models_)
        for (const auto& [outcome, counter] : {std::pair("ok", &metrics->calls_ok), std::pair("failed", &metrics->calls_failed),
                 std::pair("cancelled", &metrics->calls_cancelled)})
            calls.metric.push_back(one(
                {{"provider", labels[0]}, {"model", labels[1]}, {"outcome", outcome}}, MetricType::Counter, number(*counter)));
    auto& tokens = page.family("siyu_tokens_total", "Tokens as the model servers count them.", MetricType::Counter);
    for (const auto& [labels, metrics] : models_)
        for (const auto& [kind, counter] :
            {std::pair("prompt", &metrics->prompt_tokens), std::pair("completion", &metrics->completion_tokens)})
            tokens.metric.push_back(
                one({{"provider", labels[0]}, {"model", labels[1]}, {"kind", kind}}, MetricType::Counter, number(*counter)));
    auto& first = page.family("siyu_time_to_first_token_seconds", "From the call's start.", MetricType::Histogram);
    for (const auto& [labels, metrics] : models_)
        first.metric.push_back(one({{"provider", labels[0]}, {"model", labels[1]}}, metrics->first_token));
    auto& whole = page.family("siyu_model_call_duration_seconds", "Until the model's last byte.", MetricType::Histogram);
    for (const auto& [labels, metrics] : models_)
        whole.metric.push_back(one({{"provider", labels[0]}, {"model", labels[1]}}, metrics->duration));

    add_turns(page, turns);
    page.counter("siyu_rate_limited_total", "Requests refused for their rate.", number(rate_limited));
    page.counter("siyu_sign_in_failures_total", "Sign-ins refused.", number(sign_in_failures));
    for (const auto& probe : probes_)
        page.gauge(probe.name, probe.help, probe.ask());
    add_process(page);
    return page.text();
}

} // namespace siyu::observe
