#include "app/cli/admin_socket.hpp"

#include "app/cli/admin_messages.hpp"
#include "app/cli/socket_path.hpp"
#include "core/async/blocking_pool.hpp"
#include "testkit/run.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace siyu;
using namespace siyu::cli;

namespace {

/// Says back what it was asked, or refuses.
class Echo final : public AdminCommands {
public:
    Task<Result<boost::json::object>> run(boost::json::object request) override
    {
        if (request.contains("refuse"))
            co_return fail(Errc::conflict, "a detail", "name_taken", "name");
        co_return boost::json::object{{"asked", std::move(request)}};
    }
};

class AdminSocketTest : public testing::Test {
protected:
    void SetUp() override
    {
        // Longer than a socket's address may be.
        std::string folder = (std::filesystem::temp_directory_path() / (std::string(120, 'd') + "XXXXXX")).string();
        ASSERT_NE(mkdtemp(folder.data()), nullptr);
        folder_ = folder;
        path_ = folder + "/admin.sock";
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    /// Runs `ask` on another thread while the socket serves on this one.
    template <class Ask> auto while_serving(Ask ask)
    {
        return testkit::run(loop_, serve_during(loop_.get_executor(), std::move(ask)));
    }

    template <class Ask> Task<std::invoke_result_t<Ask>> serve_during(Executor executor, Ask ask)
    {
        AdminSocket socket(executor, path_, commands_, log_);
        const auto opened = socket.open();
        EXPECT_TRUE(opened) << opened.error().detail;
        mode_ = std::filesystem::status(path_).permissions();
        auto outcome = co_await pool_.run(std::move(ask));
        co_await socket.stop();
        co_return outcome;
    }

    /// What the server sends to a client that writes `text` and then nothing more.
    Result<std::string> send_raw(const std::string& text)
    {
        const auto path = SocketPath::open(path_);
        if (!path)
            return fail(path.error());
        const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path->text().copy(address.sun_path, path->text().size());
        if (connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
            return fail(Errc::unavailable);
        // The server may close in the midst of it.
        std::ignore = send(socket, text.data(), text.size(), MSG_NOSIGNAL);
        shutdown(socket, SHUT_WR);
        std::string out;
        char c = 0;
        while (recv(socket, &c, 1, 0) == 1)
            out += c;
        close(socket);
        return out;
    }

    asio::io_context loop_{1}; // outlives the pool that posts to it
    std::filesystem::path folder_;
    std::string path_;
    std::filesystem::perms mode_ = std::filesystem::perms::none;
    Echo commands_;
    observe::Log log_{{}, [](std::string_view) { }};
    async::BlockingPool pool_{1, 4};
};

} // namespace

TEST_F(AdminSocketTest, CarriesRequestAndAnswer)
{
    const auto answer = while_serving([&] { return ask_server(path_, {{"name", "李雷\n\"x\""}}); });
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->at("asked").at("name").as_string(), "李雷\n\"x\"");
    EXPECT_EQ(mode_, std::filesystem::perms(0600));
    EXPECT_FALSE(std::filesystem::exists(path_)) << "gone with its server";
}

TEST_F(AdminSocketTest, CarriesARefusalWhole)
{
    const auto answer = while_serving([&] { return ask_server(path_, {{"refuse", true}}); });
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Errc::conflict);
    EXPECT_EQ(answer.error().reason + answer.error().field + answer.error().detail, "name_takennamea detail");
}

TEST_F(AdminSocketTest, TakesOverFromAServerThatDied)
{
    {
        asio::io_context loop(1);
        AdminSocket dead(loop.get_executor(), path_, commands_, log_);
        ASSERT_TRUE(dead.open());
    }
    EXPECT_TRUE(std::filesystem::exists(path_));
    EXPECT_EQ(ask_server(path_, {}).error().reason, "no_server");
    EXPECT_TRUE(while_serving([&] { return ask_server(path_, {}); }));
}

TEST_F(AdminSocketTest, SaysWhenNoServerIsThere)
{
    EXPECT_EQ(ask_server(path_, {}).error().reason, "no_server");
    EXPECT_EQ(ask_server("/no/such/folder/admin.sock", {}).error().reason, "no_server");
}

TEST_F(AdminSocketTest, AnswersMalformedLinesAndOutlivesThem)
{
    for (const auto* text : {"\n", "[]\n", "{\n", "{\"a\":1,\"a\":2}\n", "\xff\n", "nonsense\n"}) {
        const auto answer = while_serving([&] { return send_raw(text); });
        ASSERT_TRUE(answer);
        const auto read = read_admin_answer(*answer);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, Errc::invalid) << text;
    }
    for (const auto& text : {std::string(), std::string("{\"cut"), std::string(200'000, 'x')}) {
        const auto answer = while_serving([&] { return send_raw(text); });
        ASSERT_TRUE(answer);
        EXPECT_EQ(*answer, "");
    }
}

TEST(AdminMessages, ReadBackWhatTheyWrote)
{
    const Result<boost::json::object> fine(boost::json::object{{"id", 1}});
    EXPECT_EQ(read_admin_answer(write_admin_answer(fine)).value(), *fine);
    const auto line = write_admin_answer(fine);
    for (std::size_t length = 0; length + 1 < line.size(); ++length)
        EXPECT_FALSE(read_admin_answer(line.substr(0, length))) << length;
    for (const auto* odd : {"{}", "{\"ok\":1}", "{\"error\":1}"})
        EXPECT_EQ(read_admin_answer(odd).error().code, Errc::internal) << odd;
}
