#include "core/observe/metrics.hpp"

#include "core/observe/process_stats.hpp"

#include <gtest/gtest.h>

#include <thread>

using namespace siyu;

namespace {

bool has_line(const std::string& page, const std::string& line)
{
    return ("\n" + page).find("\n" + line + "\n") != std::string::npos;
}

} // namespace

TEST(Counter, LosesNothingAmongThreads)
{
    observe::Counter counter;
    {
        std::vector<std::jthread> threads;
        threads.reserve(12);
        for (int i = 0; i < 12; ++i)
            threads.emplace_back([&counter] {
                for (int k = 0; k < 10'000; ++k)
                    counter.add();
            });
    }
    EXPECT_EQ(counter.value(), 120'000U);
}

TEST(Histogram, PutsAValueIntoTheBucketWhoseBoundItReaches)
{
    observe::Histogram histogram;
    for (const double seconds : {0.0005, 0.001, 0.0011, 400.0, -1.0})
        histogram.observe(seconds);
    const auto totals = histogram.totals();
    EXPECT_EQ(totals.count, 5U);
    EXPECT_EQ(totals.buckets.front(), 3U);
    EXPECT_EQ(totals.buckets[1], 1U);
    EXPECT_EQ(totals.buckets.back(), 1U);
    EXPECT_NEAR(totals.sum_seconds, 400.0026, 1e-6);
}

TEST(Metrics, TellsWhatWasCounted)
{
    observe::Metrics metrics;
    auto& route = metrics.route("GET", "/api/conversations/{id}");
    EXPECT_EQ(&route, &metrics.route("GET", "/api/conversations/{id}"));
    route.count(204, 0.02);
    route.count(404, 0.02);
    route.count(0, 0.02);
    metrics.model("local", "qwen").completion_tokens.add(7);
    metrics.model("local", "qwen").first_token.observe(0.3);
    metrics.turns.running.add(1);
    metrics.turns.done.add();
    metrics.add_probe("siyu_journal_queue", "Commits that wait.", [] { return 3.0; });

    const auto page = metrics.expose();
    for (const auto* line : {R"(siyu_http_requests_total{method="GET",route="/api/conversations/{id}",class="2xx"} 1)",
             R"(siyu_http_requests_total{method="GET",route="/api/conversations/{id}",class="4xx"} 1)",
             R"(siyu_http_requests_total{method="GET",route="/api/conversations/{id}",class="none"} 1)",
             R"(siyu_http_request_duration_seconds_bucket{method="GET",route="/api/conversations/{id}",le="+Inf"} 3)",
             R"(siyu_tokens_total{provider="local",model="qwen",kind="completion"} 7)",
             R"(siyu_time_to_first_token_seconds_count{provider="local",model="qwen"} 1)", "siyu_turns_running 1",
             R"(siyu_turns_total{state="done"} 1)", "siyu_journal_queue 3", "# TYPE process_resident_memory_bytes gauge"})
        EXPECT_TRUE(has_line(page, line)) << line << "\n" << page;
}

TEST(Metrics, GrowsByNoCallersNames)
{
    observe::Metrics metrics;
    for (std::size_t i = 0; i < observe::Metrics::models_max; ++i)
        metrics.model("p", std::to_string(i));
    auto& other = metrics.model("p", "one more");
    EXPECT_EQ(&other, &metrics.model("p", "and another"));
    EXPECT_NE(&other, &metrics.model("p", "0"));
}

TEST(ProcessStats, KnowThisProcess)
{
    const auto stats = observe::read_process_stats();
    EXPECT_GT(stats.resident_bytes, 1'000'000U);
    EXPECT_GT(stats.open_fds, 2U);
    EXPECT_GE(stats.max_fds, stats.open_fds);
    EXPECT_GE(stats.threads, 1U);
    EXPECT_GT(stats.start_time_seconds, 1.6e9);
}
