#pragma once

#include "features/chat/chat.hpp"
#include "testkit/imposter.hpp"
#include "testkit/run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace siyu::chat {

/// The storage's journal, which a test can make refuse.
class GuardedJournal final : public storage::Journal {
public:
    explicit GuardedJournal(storage::Journal& real) : real_(real) { }
    Task<Result<void>> commit(storage::Commit commit) override
    {
        if (refusals > 0 && refuses(commit)) {
            --refusals;
            co_return fail(Errc::unavailable, "the disk is full");
        }
        for (const auto& event : commit.events)
            note(event);
        co_return co_await real_.commit(std::move(commit));
    }
    bool submit(storage::Commit commit) override
    {
        for (const auto& event : commit.events)
            note(event);
        return real_.submit(std::move(commit));
    }

    /// How often `action` was written.
    int count(std::string_view action)
    {
        const std::lock_guard lock(mutex_);
        return static_cast<int>(std::ranges::count(events_, action, &AuditEvent::action));
    }
    std::string last_reason(std::string_view action)
    {
        const std::lock_guard lock(mutex_);
        std::string reason = "no such event";
        for (const auto& event : events_)
            if (event.action == action)
                reason = event.reason;
        return reason;
    }

    std::atomic<int> refusals = 0;
    std::string refused_action; ///< empty: everything

private:
    bool refuses(const storage::Commit& commit) const
    {
        const auto is_meant = [this](const AuditEvent& event) { return event.action == refused_action; };
        return refused_action.empty() || std::ranges::any_of(commit.events, is_meant);
    }
    void note(const AuditEvent& event)
    {
        const std::lock_guard lock(mutex_);
        events_.push_back(event);
    }
    storage::Journal& real_;
    std::mutex mutex_;
    std::vector<AuditEvent> events_;
};

/// What a page has in the end when it does with the events as they say.
struct Page {
    std::string text;
    std::string reasoning;
    int resets = 0;
    std::vector<events::Phase> phases;
    std::optional<events::Event> end;
};

/// Chat on a real storage with an imposter for a model server. The tests' own coroutines run on the first of its threads.
class ChatTest : public testing::Test {
protected:
    static constexpr auto chat_path = "/v1/chat/completions";

    void SetUp() override
    {
        std::string name = testing::TempDir() + "siyu-chat-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory = name;
        threads.start();
        serve_models(R"({"data":[{"id":"m","owned_by":"llamacpp","meta":{"n_ctx":2000}}]})");
        open();
        add_user(alice);
        add_user(bob);
    }

    void TearDown() override
    {
        close();
        storage.reset();
        threads.stop();
        std::filesystem::remove_all(directory);
    }

    void serve_models(std::string body) { imposter.on("/v1/models", testkit::Script::reply(200, std::move(body))); }

    void open()
    {
        if (!storage) {
            auto opened = storage::open({.directory = directory, .clock = clock, .pool = pool, .report = [](const auto&) { }});
            ASSERT_TRUE(opened) << opened.error().detail;
            storage = std::move(*opened);
            journal = std::make_unique<GuardedJournal>(storage->journal());
        }
        const auto report = [](std::string_view task, std::string_view what) { ADD_FAILURE() << task << ": " << what; };
        gate = std::make_unique<privacy::EgressGate>(std::vector{imposter.origin()});
        registry = std::make_unique<llm::Registry>(
            threads.at(0), *client, [this](auto origin) { return gate->permit(origin); }, clock,
            std::vector<llm::UpstreamSettings>{{.name = "up",
                .endpoint = *llm::parse_endpoint(imposter.origin(), {}),
                .models = {},
                .timeouts = {.first_byte = first_byte}}},
            "", report);
        asio::post(threads.at(0), [this] { registry->start(); });
        while (registry->snapshot()->default_model.empty())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        inference = inference::make_inference(
            {*registry, *gate, *client, *journal, *storage->repositories().usage, clock, log, metrics}, threads.at(0), report);
        logs = std::make_unique<events::TurnLogs>(clock);
        chat = make_chat({*journal, storage->repositories(), *inference, *logs, threads, clock, log, metrics,
            storage::default_tenant, storage->node(),
            [this](UserId, ConversationId, std::string title) {
                const std::lock_guard lock(mutex);
                titles.push_back(std::move(title));
            },
            report});
    }

    /// As the server stops.
    void close()
    {
        if (!chat)
            return;
        run(chat->stop());
        run(inference->stop());
        run(registry->stop());
        chat.reset();
        logs.reset();
        inference.reset();
        registry.reset();
    }

    template <class T> T run(Task<T> task) { return asio::co_spawn(threads.at(0), std::move(task), asio::use_future).get(); }
    void run(Task<> task) { asio::co_spawn(threads.at(0), std::move(task), asio::use_future).get(); }

    void add_user(const UserId& id)
    {
        storage::User user{.id = id, .name = id.text, .display_name = "n", .roles = {Role::member}, .created_at = clock.now()};
        ASSERT_TRUE(run(journal->commit({.changes = storage->repositories().users->insert(storage::default_tenant, user)})));
    }

    Asker as(const UserId& user) const
    {
        return {.principal = {.tenant = storage::default_tenant, .user = user, .name = "n", .roles = {Role::member}},
            .request_id = "r"};
    }

    ConversationId new_conversation(ConversationPatch fields = {})
    {
        auto made = run(chat->conversations().create(as(alice), std::move(fields)));
        EXPECT_TRUE(made) << made.error().detail;
        return made->id;
    }

    Result<TurnStarted> ask(const ConversationId& conversation, std::string prompt, std::optional<MessageId> id = std::nullopt)
    {
        return run(
            chat->turns().start(as(alice), {.conversation = conversation, .prompt = std::move(prompt), .message_id = id}));
    }

    /// Follows to the end, on any of the threads.
    Page follow(const TurnId& turn, std::string after = {}, std::size_t thread = 0)
    {
        return asio::co_spawn(threads.at(thread), follow_task(*chat, as(alice), turn, std::move(after)), asio::use_future)
            .get();
    }

    static Task<Page> follow_task(Chat& chat, Asker asker, TurnId turn, std::string after)
    {
        auto follower = co_await chat.turns().follow(asker, turn, after, co_await asio::this_coro::executor);
        Page page;
        EXPECT_TRUE(follower) << follower.error().detail;
        while (follower) {
            auto batch = co_await (*follower)->next();
            if (!batch || batch->empty())
                break;
            for (auto& event : *batch) {
                if (event.kind == events::EventKind::reset) {
                    page.text.clear();
                    page.reasoning.clear();
                    ++page.resets;
                }
                page.text += event.text;
                page.reasoning += event.reasoning;
                if (event.kind == events::EventKind::status)
                    page.phases.push_back(event.phase);
                if (event.kind == events::EventKind::end)
                    page.end = event;
            }
        }
        co_return page;
    }

    storage::Message message(const MessageId& id)
    {
        auto found = run(storage->repositories().messages->find(as(alice).principal.scope(), id));
        EXPECT_TRUE(found) << found.error().detail;
        return found ? *found : storage::Message();
    }

    void until(std::function<bool()> is_so)
    {
        for (int i = 0; i < 3000; ++i) {
            if (is_so())
                return;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        ADD_FAILURE() << "it never came";
    }

    /// Requests for answers that the model server has seen.
    std::vector<testkit::SeenRequest> calls()
    {
        auto requests = imposter.requests();
        std::erase_if(requests, [](const auto& request) { return request.target != chat_path; });
        return requests;
    }

    const UserId alice{"01900000-0000-7000-8000-00000000000a"};
    const UserId bob{"01900000-0000-7000-8000-00000000000b"};
    std::filesystem::path directory;
    std::chrono::milliseconds first_byte{10'000};
    SystemClock clock;
    async::Threads threads{2};
    async::BlockingPool pool{2, 1000};
    observe::Log log{{}, [](std::string_view) { }};
    observe::Metrics metrics;
    testkit::Imposter imposter;
    std::unique_ptr<http::Client> client = http::make_client();
    std::unique_ptr<storage::Storage> storage;
    std::unique_ptr<GuardedJournal> journal;
    std::unique_ptr<privacy::EgressGate> gate;
    std::unique_ptr<llm::Registry> registry;
    std::unique_ptr<inference::Inference> inference;
    std::unique_ptr<events::TurnLogs> logs;
    std::unique_ptr<Chat> chat;
    std::mutex mutex;
    std::vector<std::string> titles;
};

} // namespace siyu::chat
