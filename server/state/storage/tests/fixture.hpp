#pragma once

#include "state/storage/storage.hpp"
#include "testkit/fake_clock.hpp"
#include "testkit/run.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <mutex>

namespace siyu::storage {

/// An installation in a directory of its own.
class StorageTest : public testing::Test {
protected:
    void SetUp() override
    {
        std::string name = testing::TempDir() + "siyu-storage-XXXXXX";
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        directory_ = name;
        reopen();
    }
    void TearDown() override
    {
        storage_.reset();
        std::filesystem::remove_all(directory_);
    }

    /// On one loop for the whole test: a thread that hands back a result may still be inside the loop when the result is here,
    /// so a loop must not go with each call.
    template <class T> T run(Task<T> task) { return testkit::run(loop_, std::move(task)); }

    Result<std::unique_ptr<Storage>> try_open()
    {
        return open({.directory = directory_, .clock = clock_, .pool = pool_, .report = [this](std::string sentence) {
                         const std::scoped_lock lock(mutex_);
                         reports_.push_back(std::move(sentence));
                     }});
    }
    void reopen()
    {
        storage_.reset();
        auto opened = try_open();
        ASSERT_TRUE(opened) << opened.error().detail;
        storage_ = std::move(*opened);
    }

    Repositories& repositories() { return storage_->repositories(); }
    Result<void> commit(Commit commit) { return run(storage_->journal().commit(std::move(commit))); }
    Result<void> commit(std::vector<Change> changes) { return commit(Commit{.changes = std::move(changes), .events = {}}); }
    Result<void> commit(Result<Change> change)
    {
        if (!change)
            return fail(change.error());
        return commit(std::vector{std::move(*change)});
    }
    Result<void> commit(Task<Result<Change>> change) { return commit(run(std::move(change))); }

    AuditEvent event(std::string action)
    {
        AuditEvent out;
        out.tenant = default_tenant;
        out.at = clock_.now();
        out.action = std::move(action);
        out.actor = "system";
        return out;
    }
    std::int64_t count(std::string_view sql)
    {
        const auto rows = run(storage_->database().query(sql));
        return rows ? rows->front().integer(0) : -1;
    }
    std::vector<std::string> reports()
    {
        const std::scoped_lock lock(mutex_);
        return reports_;
    }

    Time tick()
    {
        clock_.advance(std::chrono::milliseconds(1));
        return clock_.now();
    }

    // Records, as short as a test needs them.

    User make_user(std::string name, std::vector<Role> roles = {Role::member})
    {
        User user;
        user.id = UserId::make(clock_.now());
        user.name = std::move(name);
        user.display_name = user.name;
        user.roles = std::move(roles);
        user.created_at = tick();
        EXPECT_TRUE(commit(repositories().users->insert(default_tenant, user)));
        return user;
    }
    Scope scope_of(const User& user) { return {default_tenant, user.id}; }
    Conversation make_conversation(const Scope& scope, std::optional<std::string> title = {})
    {
        Conversation conversation;
        conversation.id = ConversationId::make(clock_.now());
        conversation.owner = scope.principal;
        conversation.title = std::move(title);
        conversation.created_at = conversation.updated_at = tick();
        EXPECT_TRUE(commit(repositories().conversations->insert(scope, conversation)));
        return conversation;
    }
    Message message_in(const Conversation& conversation, std::string text, std::optional<MessageId> parent = {})
    {
        Message message;
        message.id = MessageId::make(clock_.now());
        message.conversation = conversation.id;
        message.parent = std::move(parent);
        message.content.text = std::move(text);
        message.created_at = tick();
        return message;
    }
    Message make_message(
        const Scope& scope, const Conversation& conversation, std::string text, std::optional<MessageId> parent = {})
    {
        auto message = message_in(conversation, std::move(text), std::move(parent));
        EXPECT_TRUE(commit(repositories().messages->insert(scope, message)));
        return message;
    }
    Turn make_turn(const Scope& scope, const Message& question, const Message& answer)
    {
        Turn turn;
        turn.id = TurnId::make(clock_.now());
        turn.conversation = question.conversation;
        turn.owner = scope.principal;
        turn.question = question.id;
        turn.answer = answer.id;
        turn.model = "small";
        turn.node = storage_->node();
        turn.started_at = tick();
        EXPECT_TRUE(commit(std::vector{repositories().turns->insert(default_tenant, turn)}));
        return turn;
    }

    asio::io_context loop_{1}; // outlives the threads that post to it
    testkit::FakeClock clock_;
    async::BlockingPool pool_{2, 256};
    std::filesystem::path directory_;
    std::mutex mutex_;
    std::vector<std::string> reports_;
    std::unique_ptr<Storage> storage_;
};

} // namespace siyu::storage
