#include "core/observe/log.hpp"

#include "core/base/json.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

using namespace siyu;
using observe::Format;
using observe::Key;
using observe::Log;
using observe::Severity;

namespace {

struct Captured {
    std::vector<std::string> lines;
    Log log;

    explicit Captured(Format format, Severity level = Severity::info)
        : log({.level = level, .format = format}, [this](std::string_view line) { lines.emplace_back(line); })
    {
    }
};

} // namespace

TEST(Log, WritesOneJsonObjectWithEcsNames)
{
    Captured captured(Format::json);
    const auto trace = observe::new_trace();
    captured.log.info("http.request", "Answered.",
        {{Key::http_method, "GET"}, {Key::url_path, "/api/会话"}, {Key::http_status, 200}, {Key::client_ip, "::1"}}, &trace);
    ASSERT_EQ(captured.lines.size(), 1U);
    const auto parsed = parse_json(captured.lines[0]);
    ASSERT_TRUE(parsed) << captured.lines[0];
    const auto& object = parsed->as_object();
    EXPECT_EQ(object.at("log.level"), "info");
    EXPECT_EQ(object.at("message"), "Answered.");
    EXPECT_EQ(object.at("event.action"), "http.request");
    EXPECT_EQ(object.at("http.request.method"), "GET");
    EXPECT_EQ(object.at("url.path"), "/api/会话");
    EXPECT_EQ(object.at("http.response.status_code"), 200);
    EXPECT_EQ(object.at("client.ip"), "::1");
    EXPECT_EQ(object.at("trace.id"), trace.trace_id.c_str());
    EXPECT_EQ(object.at("@timestamp").as_string().size(), std::string_view("2026-01-31T12:00:00.123456Z").size());
}

TEST(Log, LetsNoValueBeginALineOrBreakTheObject)
{
    const std::string hostile("a\"b\\c\nd\r\x01\x7f\xff{}", 13);
    for (const auto format : {Format::json, Format::text}) {
        Captured captured(format);
        captured.log.warn("a.b", "Odd.", {{Key::user_agent, hostile}, {Key::url_path, std::string(5'000, 'x')}});
        ASSERT_EQ(captured.lines.size(), 1U);
        EXPECT_EQ(captured.lines[0].find_first_of("\n\r\x01\x7f\xff"), std::string::npos);
        EXPECT_LT(captured.lines[0].size(), 2'500U);
        if (format == Format::json) {
            EXPECT_TRUE(parse_json(captured.lines[0])) << captured.lines[0];
        }
    }
}

TEST(Log, IsReadableAsText)
{
    Captured captured(Format::text);
    captured.log.error("engine.exit", "The engine has ended.",
        {{Key::engine, "local"}, {Key::exit_code, 1}, {Key::reason, "a b"}, {Key::model, ""}});
    ASSERT_EQ(captured.lines.size(), 1U);
    EXPECT_EQ(captured.lines[0].substr(24), "error The engine has ended. (engine=local exit_code=1 reason=\"a b\")");
}

TEST(Log, LeavesOutWhatIsBelowItsLevel)
{
    Captured captured(Format::text, Severity::warn);
    captured.log.info("a", "No.");
    captured.log.warn("a", "Yes.");
    EXPECT_EQ(captured.lines.size(), 1U);
    EXPECT_FALSE(captured.log.is_enabled(Severity::debug));
}

TEST(Log, WritesToItsFileFromSeveralThreads)
{
    std::string folder = (std::filesystem::temp_directory_path() / "siyu-log-XXXXXX").string();
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    const auto file = folder + "/siyu.log";
    {
        Log log({.file = file});
        EXPECT_EQ(log.open_error(), "");
        std::vector<std::jthread> threads;
        threads.reserve(4);
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&log] {
                for (int k = 0; k < 250; ++k)
                    log.info("a.b", "Line.", {{Key::count, k}});
            });
    }
    std::ifstream in(file);
    std::size_t lines = 0;
    for (std::string line; std::getline(in, line); ++lines)
        ASSERT_TRUE(parse_json(line)) << line;
    EXPECT_EQ(lines, 1'000U);
    std::filesystem::remove_all(folder);
}

TEST(Log, FallsBackToStandardErrorAndSaysSo)
{
    const Log log({.file = "/proc/no/such/folder/siyu.log"});
    EXPECT_NE(log.open_error(), "");
}
