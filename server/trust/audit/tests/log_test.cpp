#include "trust/audit/log.hpp"

#include "trust/audit/tests/audit_fixture.hpp"

namespace siyu::audit {
namespace {

class AuditLog : public AuditTest {
protected:
    Result<EntryPage> list(EntryFilter filter = {}, std::string cursor = {}, std::int64_t limit = 50)
    {
        return run(Log(storage_->database()).list(storage::default_tenant, std::move(filter), std::move(cursor), limit));
    }
};

TEST_F(AuditLog, ShowsTheNewestFirstInPages)
{
    record(5);
    std::vector<std::int64_t> order;
    std::string cursor;
    do {
        const auto page = list({}, cursor, 2);
        ASSERT_TRUE(page) << page.error().detail;
        for (const auto& entry : page->items)
            order.push_back(entry.seq);
        cursor = page->next_cursor;
    } while (!cursor.empty());
    EXPECT_EQ(order, (std::vector<std::int64_t>{5, 4, 3, 2, 1}));
}

TEST_F(AuditLog, GivesBackTheWholeEvent)
{
    auto made = event("v1.call.end", "user");
    made.outcome = Outcome::denied;
    made.reason = "quota";
    made.credential = "key";
    made.object_type = "call";
    made.object_id = "7";
    made.source = "pseudonym";
    made.request_id = "request";
    made.counts = {{"tokens", 12}};
    made.labels = {{"model", "small"}, {"broken", "\xff"}};
    ASSERT_TRUE(run(storage_->journal().commit({.changes = {}, .events = {made}})));

    const auto page = list();

    ASSERT_EQ(page->items.size(), 1U);
    const auto& entry = page->items[0];
    EXPECT_EQ(entry.chain, node_);
    EXPECT_EQ(entry.hash.size(), 64U);
    EXPECT_EQ(entry.event.at, made.at);
    EXPECT_EQ(entry.event.action, made.action);
    EXPECT_EQ(entry.event.outcome, made.outcome);
    EXPECT_EQ(entry.event.reason, made.reason);
    EXPECT_EQ(entry.event.actor, made.actor);
    EXPECT_EQ(entry.event.credential, made.credential);
    EXPECT_EQ(entry.event.object_type, made.object_type);
    EXPECT_EQ(entry.event.object_id, made.object_id);
    EXPECT_EQ(entry.event.source, made.source);
    EXPECT_EQ(entry.event.request_id, made.request_id);
    EXPECT_EQ(entry.event.counts, made.counts);
    EXPECT_EQ(entry.event.labels.at("model"), "small");
    EXPECT_EQ(entry.event.labels.at("broken"), "hex:ff");
    EXPECT_EQ(findings(), "");
}

TEST_F(AuditLog, FiltersByActionAndActor)
{
    record(2, "turn.start", "anna");
    record(1, "turn.start", "bert");
    record(1, "user.create", "anna");
    EXPECT_EQ(list({.action = "turn.start", .actor = {}})->items.size(), 3U);
    EXPECT_EQ(list({.action = {}, .actor = "anna"})->items.size(), 3U);
    EXPECT_EQ(list({.action = "turn.start", .actor = "anna"})->items.size(), 2U);
    EXPECT_EQ(list({.action = "turn.start", .actor = "carl"})->items.size(), 0U);
}

TEST_F(AuditLog, RefusesForeignCursorsAndShowsDamagedRecordsAsSuch)
{
    record(2);
    EXPECT_EQ(list({}, "nonsense").error().code, Errc::invalid);
    edit("UPDATE audit_log SET body = x'00' WHERE seq = 1");
    const auto page = list();
    ASSERT_EQ(page->items.size(), 2U);
    EXPECT_EQ(page->items[1].event.action, "audit.unreadable");
}

} // namespace
} // namespace siyu::audit
