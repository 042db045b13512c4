#include "models/llm/supervisor.hpp"

#include "models/llm/engine_files.hpp"
#include "models/llm/limits.hpp"
#include "models/llm/tests/permits.hpp"
#include "testkit/run.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/wait.h>
#include <unistd.h>

using namespace siyu;
using namespace std::chrono_literals;

namespace {

struct Supervision : testing::Test {
    Supervision()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "siyu-engine-XXXXXX").string();
        directory = ::mkdtemp(pattern.data());
    }
    ~Supervision() override { std::filesystem::remove_all(directory); }

    llm::EngineSettings engine(std::string mode)
    {
        return {.name = "tiny", .command = {"python3", SIYU_SOURCE_DIR "/server/models/llm/tests/fake_engine.py", mode}};
    }

    /// Runs `story` with a supervisor for one engine, then stops it.
    void tell(llm::EngineSettings settings, std::function<Task<>(Supervision&)> story, llm::SupervisorTimes times = {})
    {
        const auto report = [](std::string_view, std::string_view what) { ADD_FAILURE() << what; };
        registry = std::make_unique<llm::Registry>(
            context.get_executor(), *client,
            [this](std::string_view origin) -> Result<EgressPermit> {
                EXPECT_EQ(origin, announced);
                return privacy::EgressGate::permit(std::string(origin));
            },
            clock,
            std::vector<llm::UpstreamSettings>{
                {.name = "tiny", .kind = llm::UpstreamKind::engine, .models = {"tiny"}, .health_target = "/health"}},
            "", report);
        supervisor = std::make_unique<llm::Supervisor>(context.get_executor(), *registry, std::vector{settings},
            llm::Supervisor::Options{.directory = directory,
                .clock = clock,
                .announce = [this](const auto&, const auto& origin) { announced = origin; },
                .log = log,
                .report = report,
                .times = times});
        testkit::run(context, run(*this, story));
    }

    static Task<> run(Supervision& self, std::function<Task<>(Supervision&)> story)
    {
        self.registry->start();
        self.supervisor->start();
        co_await story(self);
        co_await self.supervisor->stop();
        co_await self.registry->stop();
    }

    static Task<> until(std::function<bool()> is_so)
    {
        for (int i = 0; i < 3000 && !is_so(); ++i)
            co_await async::sleep_for(10ms);
        EXPECT_TRUE(is_so());
    }

    llm::UpstreamState upstream_state() { return registry->snapshot()->upstreams[0].state; }
    llm::EngineState state() { return supervisor->states().at(0); }
    std::string log_text()
    {
        std::ostringstream text;
        text << std::ifstream(directory / "tiny.log").rdbuf();
        return text.str();
    }
    pid_t pid()
    {
        pid_t number = 0;
        std::ifstream(directory / "tiny.pid") >> number;
        return number;
    }

    pid_t child = 0; ///< that the engine started
    std::filesystem::path directory;
    SystemClock clock;
    observe::Log log{{}, [](std::string_view) { }};
    std::string announced; ///< where the engine listens, as the gate is told
    std::unique_ptr<http::Client> client = http::make_client();
    asio::io_context context{1};
    std::unique_ptr<llm::Registry> registry;
    std::unique_ptr<llm::Supervisor> supervisor;
};

bool is_alive(pid_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    return std::getline(file, line) && line.find(") Z") == std::string::npos;
}

Task<> see_it_serve(Supervision& self)
{
    co_await self.until([&] { return self.upstream_state() == llm::UpstreamState::ready; });
    const auto snapshot = self.registry->snapshot();
    const auto& upstream = snapshot->upstreams[0];
    EXPECT_EQ(upstream.context_window, 256); // what one slot has
    EXPECT_EQ(upstream.continuation, llm::Continuation::prefill);
    EXPECT_TRUE(self.state().is_running);
    EXPECT_TRUE(is_alive(self.pid()));
    co_await self.until([&] { return self.log_text().contains("serving on"); });
    EXPECT_FALSE(self.log_text().contains(upstream.endpoint->key));
}

Task<> kill_it(Supervision& self)
{
    co_await self.until([&] { return self.upstream_state() == llm::UpstreamState::ready; });
    const auto first = self.registry->snapshot()->upstreams[0].endpoint;
    ::kill(self.pid(), SIGKILL);
    co_await self.until([&] { return self.state().restarts == 1; });
    co_await self.until([&] {
        const auto now = self.registry->snapshot()->upstreams[0];
        return now.state == llm::UpstreamState::ready && now.endpoint && now.endpoint->key != first->key;
    });
}

Task<> restart_it(Supervision& self)
{
    co_await self.until([&] { return self.upstream_state() == llm::UpstreamState::ready; });
    const auto first = self.pid();
    EXPECT_TRUE(self.supervisor->restart("tiny"));
    EXPECT_EQ(self.supervisor->restart("other").error().code, Errc::not_found);
    co_await self.until([&] { return self.state().restarts == 1 && self.upstream_state() == llm::UpstreamState::ready; });
    EXPECT_FALSE(is_alive(first));
    EXPECT_TRUE(is_alive(self.pid()));
}

Task<> see_it_fail(Supervision& self)
{
    co_await self.until([&] { return self.state().restarts >= 2; });
    co_await self.until([&] { return !self.state().detail.empty(); });
    co_await self.until([&] { return self.upstream_state() == llm::UpstreamState::down; });
}

Task<> note_its_child(Supervision& self)
{
    co_await self.until([&] { return self.log_text().contains("child"); });
    std::istringstream(self.log_text().substr(self.log_text().find("child") + 6)) >> self.child;
    co_await self.until([&] { return self.upstream_state() == llm::UpstreamState::ready; });
    EXPECT_TRUE(is_alive(self.child));
}

} // namespace

TEST_F(Supervision, StartsAnEngineAndEndsIt)
{
    ::setenv("SIYU_TEST_SECRET", "must not reach the engine", 1);
    tell(engine("serve"), see_it_serve);
    ::unsetenv("SIYU_TEST_SECRET");
    EXPECT_FALSE(state().is_running);
    EXPECT_FALSE(std::filesystem::exists(directory / "tiny.pid"));
}

TEST_F(Supervision, StartsAnEngineThatDiedAgainWithAnotherKey)
{
    tell(engine("serve"), kill_it, {.backoff_min = 10ms});
}

TEST_F(Supervision, RestartsOnDemand)
{
    tell(engine("serve"), restart_it);
}

TEST_F(Supervision, ShowsTheSentenceOfAnEngineThatCannotRun)
{
    tell(engine("broken"), see_it_fail, {.backoff_min = 10ms, .backoff_max = 20ms});
    const auto snapshot = registry->snapshot();
    EXPECT_TRUE(snapshot->upstreams[0].detail == "there is no model file."
        || snapshot->upstreams[0].detail == "The engine was stopped.");
    EXPECT_TRUE(log_text().contains("error: there is no model file."));
}

TEST_F(Supervision, ShowsThatACommandIsNotThere)
{
    auto settings = engine("serve");
    settings.command = {"/no/such/program"};
    tell(settings, see_it_fail, {.backoff_min = 10ms, .backoff_max = 20ms});
}

TEST_F(Supervision, KillsWhatDoesNotEndByItself)
{
    tell(engine("stubborn"), note_its_child, {.stop_patience = 50ms});
    for (int i = 0; i < 500 && is_alive(child); ++i)
        ::usleep(10'000);
    EXPECT_FALSE(is_alive(child)); // the whole group
}

TEST_F(Supervision, EndsWhatACrashLeft)
{
    const auto stale = ::fork();
    if (stale == 0) {
        ::setpgid(0, 0);
        ::execlp("sleep", "sleep", "1000", nullptr);
        ::_exit(1);
    }
    ::setpgid(stale, stale);
    const llm::PidFile file(directory / "tiny.pid");
    ASSERT_TRUE(file.write(stale));
    EXPECT_TRUE(file.end_stale());
    int status = 0;
    EXPECT_EQ(::waitpid(stale, &status, 0), stale);
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_FALSE(file.end_stale()); // the file is gone
}

TEST_F(Supervision, LeavesAProcessAloneThatIsAnother)
{
    std::ofstream(directory / "tiny.pid") << ::getpid() << " 1 not-this-boot\n";
    EXPECT_FALSE(llm::PidFile(directory / "tiny.pid").end_stale());
    std::ofstream(directory / "tiny.pid") << "nonsense";
    EXPECT_FALSE(llm::PidFile(directory / "tiny.pid").end_stale());
}

TEST_F(Supervision, KeepsALogWithinItsBounds)
{
    llm::EngineLog engine_log(directory / "tiny.log");
    const std::string line(llm::engine_line_bytes_max * 2, 'x');
    for (std::size_t i = 0; i < llm::engine_log_bytes_max / llm::engine_line_bytes_max + 10; ++i)
        engine_log.append(line + "\n");
    EXPECT_LE(std::filesystem::file_size(directory / "tiny.log"), llm::engine_log_bytes_max);
    EXPECT_LE(std::filesystem::file_size(directory / "tiny.log.1"), llm::engine_log_bytes_max);
    EXPECT_EQ(std::filesystem::status(directory / "tiny.log").permissions(),
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}
