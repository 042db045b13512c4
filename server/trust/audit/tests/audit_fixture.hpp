#pragma once

#include "io/db/sqlite.hpp"
#include "state/storage/audit_files.hpp"
#include "state/storage/storage.hpp"
#include "testkit/fake_clock.hpp"
#include "testkit/run.hpp"
#include "trust/audit/verifier.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace siyu::audit {

/// An installation whose files the test changes behind its back.
class AuditTest : public testing::Test {
protected:
    void SetUp() override
    {
        std::string name = testing::TempDir() + "siyu-audit-XXXXXX";
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        directory_ = name;
        start();
    }
    void TearDown() override
    {
        storage_.reset();
        std::filesystem::remove_all(directory_);
    }

    /// On one loop for the whole test: a thread that hands back a result may still be inside the loop when the result is here,
    /// so a loop must not go with each call.
    template <class T> T run(Task<T> task) { return testkit::run(loop_, std::move(task)); }

    void start()
    {
        auto opened =
            storage::open({.directory = directory_, .clock = clock_, .pool = pool_, .report = [](const std::string&) { }});
        ASSERT_TRUE(opened) << opened.error().detail;
        storage_ = std::move(*opened);
        node_ = storage_->node();
    }
    void stop() { storage_.reset(); }

    AuditEvent event(std::string action, std::string actor = "system")
    {
        AuditEvent out;
        out.tenant = storage::default_tenant;
        out.at = clock_.now();
        out.action = std::move(action);
        out.actor = std::move(actor);
        clock_.advance(std::chrono::milliseconds(1));
        return out;
    }
    void record(int count, const std::string& action = "turn.start", const std::string& actor = "system")
    {
        for (int i = 0; i < count; ++i)
            ASSERT_TRUE(run(storage_->journal().commit({.changes = {}, .events = {event(action, actor)}})));
    }

    /// `sql` may hold several statements, apart by ";". Each outlives the connection, which keeps it prepared.
    void edit(std::string sql)
    {
        std::vector<std::string> statements;
        std::istringstream text(sql);
        for (std::string statement; std::getline(text, statement, ';');)
            statements.push_back(statement);
        auto database = db::open_sqlite(directory_ / "siyu.db", pool_);
        ASSERT_TRUE(database);
        const auto connection = *(*database)->connect();
        for (const auto& statement : statements) {
            const auto done = connection->execute(statement);
            ASSERT_TRUE(done) << statement << ": " << done.error().detail;
        }
    }

    Verification look()
    {
        auto inspection = storage::inspect(directory_);
        EXPECT_TRUE(inspection) << inspection.error().detail;
        auto verification = verify(*inspection->connection, directory_, inspection->keys);
        EXPECT_TRUE(verification);
        return *verification;
    }
    std::string findings()
    {
        std::string text;
        for (const auto& finding : look().findings)
            text += finding + "\n";
        return text;
    }
    static bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

    static std::string read(const std::filesystem::path& file)
    {
        std::ostringstream out;
        out << std::ifstream(file, std::ios::binary).rdbuf();
        return out.str();
    }
    static void write(const std::filesystem::path& file, std::string_view text)
    {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
    }

    asio::io_context loop_{1}; // outlives the threads that post to it
    testkit::FakeClock clock_;
    async::BlockingPool pool_{2, 256};
    std::filesystem::path directory_;
    std::string node_;
    std::unique_ptr<storage::Storage> storage_;
};

} // namespace siyu::audit
