#pragma once

#include "core/observe/instruments.hpp"

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace siyu::observe {

/// What is counted of one route; the route table keeps a reference, so that a request looks nothing up.
struct RouteMetrics {
    std::array<Counter, 6> by_class; ///< [2] counts 2xx; [0] what ended without an answer
    Histogram duration;

    void count(int status, double seconds)
    {
        by_class[status >= 100 && status < 600 ? static_cast<std::size_t>(status / 100) : 0].add();
        duration.observe(seconds);
    }
};

/// What is counted of the calls to one model at one provider.
struct ModelMetrics {
    Counter calls_ok;
    Counter calls_failed;
    Counter calls_cancelled;
    Counter prompt_tokens;
    Counter completion_tokens;
    Histogram first_token;
    Histogram duration;
};

/// Turns by how they ended.
struct TurnMetrics {
    Gauge running;
    Counter done;
    Counter stopped;
    Counter failed;
    Counter interrupted;
};

/// All that /metrics tells, in Prometheus' text format. Thread-safe. References stay good as long as the object lives.
class Metrics {
public:
    Metrics();
    ~Metrics();

    RouteMetrics& route(std::string_view method, std::string_view path_template);
    /// Names beyond `models_max` share one entry called "other", so that callers cannot grow this.
    ModelMetrics& model(std::string_view provider, std::string_view model);
    TurnMetrics turns;
    Counter rate_limited;
    Counter sign_in_failures;

    /// A value that is asked for when /metrics is read (queue depths, the journal's lag). `name` in full:
    /// "siyu_journal_lag_seconds". `ask` may be called from any thread, and outlives this object or is never called after
    /// `forget_probes`.
    void add_probe(std::string name, std::string help, std::function<double()> ask);
    void forget_probes();

    /// The whole exposition; reads /proc for the process's part.
    std::string expose() const;

    static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";
    static constexpr std::size_t models_max = 256;

private:
    template <class T> struct Labelled {
        std::array<std::string, 2> labels;
        std::unique_ptr<T> metrics;
    };
    struct Probe {
        std::string name;
        std::string help;
        std::function<double()> ask;
    };

    mutable std::mutex guard_; // of the lists; the counters need none
    std::vector<Labelled<RouteMetrics>> routes_;
    std::vector<Labelled<ModelMetrics>> models_;
    std::vector<Probe> probes_;
};

} // namespace siyu::observe
