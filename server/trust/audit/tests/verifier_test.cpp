#include "state/storage/audit_record.hpp"
#include "trust/audit/tests/audit_fixture.hpp"

namespace siyu::audit {
namespace {

using AuditVerify = AuditTest;

/// Blobs of one record, for an attacker who knows the format but not the key.
Bytes blob(db::Connection& connection, std::string_view sql, std::int64_t seq)
{
    return connection.execute(sql, {seq})->rows.at(0).bytes(0);
}

TEST_F(AuditVerify, FindsNothingInAnUntouchedLog)
{
    record(10);
    EXPECT_EQ(findings(), "") << "beside a running server";
    stop();
    EXPECT_EQ(findings(), "");
    start();
    record(3);
    stop();
    EXPECT_EQ(findings(), "") << "after a restart";
    EXPECT_EQ(look().events, 13);
    EXPECT_EQ(look().verdict, Verdict::intact);
}

TEST_F(AuditVerify, NamesAChangedRecord)
{
    record(10);
    stop();
    edit("UPDATE audit_log SET body = CAST(replace(CAST(body AS TEXT), 'turn.start', 'turn.starT') AS BLOB) WHERE seq = 4");
    EXPECT_TRUE(contains(findings(), "record 4 of chain " + node_ + ": its hash does not fit"));
}

TEST_F(AuditVerify, NamesEveryFlippedBitOfARecord)
{
    record(3);
    stop();
    auto database = db::open_sqlite(directory_ / "siyu.db", pool_);
    const auto connection = *(*database)->connect();
    for (const auto& [select, update] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"SELECT body FROM audit_log WHERE seq = $1", "UPDATE audit_log SET body = $2 WHERE seq = $1"},
             {"SELECT prev_hash FROM audit_log WHERE seq = $1", "UPDATE audit_log SET prev_hash = $2 WHERE seq = $1"},
             {"SELECT hash FROM audit_log WHERE seq = $1", "UPDATE audit_log SET hash = $2 WHERE seq = $1"},
             {"SELECT mac FROM audit_log WHERE seq = $1", "UPDATE audit_log SET mac = $2 WHERE seq = $1"}}) {
        const auto whole = blob(*connection, select, 2);
        for (std::size_t i = 0; i < whole.size(); i += 5) {
            auto changed = whole;
            changed[i] = static_cast<std::uint8_t>(changed[i] ^ 1U << i % 8);
            ASSERT_TRUE(connection->execute(update, {std::int64_t{2}, changed}));
            EXPECT_TRUE(contains(findings(), "record 2 of chain " + node_)) << update << i;
        }
        ASSERT_TRUE(connection->execute(update, {std::int64_t{2}, whole}));
    }
    EXPECT_EQ(findings(), "");
}

TEST_F(AuditVerify, NamesAnEditWithAllLaterHashesRecomputed)
{
    record(10);
    stop();
    {
        auto database = db::open_sqlite(directory_ / "siyu.db", pool_);
        const auto connection = *(*database)->connect();
        crypto::Digest previous{};
        for (std::int64_t seq = 1; seq <= 10; ++seq) {
            auto body = blob(*connection, "SELECT body FROM audit_log WHERE seq = $1", seq);
            if (seq == 5) {
                auto text = std::string(as_text(body));
                text.replace(text.find("system"), 6, "nobody");
                body = crypto::to_bytes(as_bytes(text));
            }
            const auto hash = storage::hash_record(previous, body);
            ASSERT_TRUE(connection->execute("UPDATE audit_log SET body = $2, prev_hash = $3, hash = $4 WHERE seq = $1",
                {seq, body, crypto::to_bytes(previous), crypto::to_bytes(hash)}));
            previous = hash;
        }
        ASSERT_TRUE(connection->execute("UPDATE audit_log SET actor = 'nobody' WHERE seq = 5"));
    }
    EXPECT_TRUE(contains(findings(), "records 5 to 10 of chain " + node_ + ": not written by this installation"));
}

TEST_F(AuditVerify, NamesChangedColumns)
{
    record(5);
    stop();
    edit("UPDATE audit_log SET actor = 'another' WHERE seq = 3");
    EXPECT_TRUE(contains(findings(), "record 3 of chain " + node_ + ": its columns say something else"));
}

TEST_F(AuditVerify, NamesDroppedRecords)
{
    record(10);
    stop();
    edit("DELETE FROM audit_log WHERE seq IN (4, 5)");
    EXPECT_TRUE(contains(findings(), "records 4 to 5 of chain " + node_ + ": missing"));
}

TEST_F(AuditVerify, NamesTheFirstRecordsDropped)
{
    record(4);
    stop();
    edit("DELETE FROM audit_log WHERE seq = 1");
    EXPECT_TRUE(contains(findings(), "record 1 of chain " + node_ + ": missing"));
}

TEST_F(AuditVerify, NamesSwappedRecords)
{
    record(6);
    stop();
    edit("UPDATE audit_log SET seq = 100 WHERE seq = 3;UPDATE audit_log SET seq = 3 WHERE seq = 4;"
         "UPDATE audit_log SET seq = 4 WHERE seq = 100");
    const auto found = findings();
    EXPECT_TRUE(contains(found, "records 3 to 4 of chain " + node_ + ": says that it belongs elsewhere")) << found;
}

TEST_F(AuditVerify, NamesAnInsertedCopy)
{
    record(6);
    stop();
    edit("INSERT INTO audit_log SELECT chain, 7, tenant_id, at, action, actor, outcome, format, body, prev_hash, hash, mac"
         " FROM audit_log WHERE seq = 6");
    EXPECT_TRUE(contains(findings(), "record 7 of chain " + node_));
}

TEST_F(AuditVerify, NamesANumberThatStandsTwice)
{
    record(6);
    stop();
    edit("CREATE TABLE copy AS SELECT * FROM audit_log;INSERT INTO copy SELECT * FROM audit_log WHERE seq = 3;"
         "DROP TABLE audit_log;ALTER TABLE copy RENAME TO audit_log");
    EXPECT_TRUE(contains(findings(), "record 3 of chain " + node_ + ": stands twice"));
    edit("UPDATE audit_log SET seq = 0 WHERE rowid = (SELECT max(rowid) FROM audit_log)");
    EXPECT_TRUE(contains(findings(), "under numbers that are taken or impossible"));
}

TEST_F(AuditVerify, NamesACutTail)
{
    record(10);
    stop();
    edit("DELETE FROM audit_log WHERE seq > 7");
    EXPECT_TRUE(contains(findings(), "records 8 to 10 of chain " + node_ + ": missing at the end"));
    EXPECT_EQ(look().verdict, Verdict::shortened);
}

TEST_F(AuditVerify, NamesACutTailWithItsCheckpointsAndWithoutAHead)
{
    record(10);
    stop();
    edit("DELETE FROM audit_log;DELETE FROM audit_checkpoints");
    EXPECT_TRUE(contains(findings(), "records 1 to 10 of chain " + node_ + ": missing at the end"));
    std::filesystem::remove(storage::head_file(directory_));
    const auto found = findings();
    EXPECT_TRUE(contains(found, "audit/head is missing"));
    EXPECT_TRUE(contains(found, "records 1 to 10 of chain " + node_ + ": missing at the end"));
}

TEST_F(AuditVerify, NamesYesterdaysDatabaseAlsoAfterTheServerWentOn)
{
    record(5);
    stop();
    const auto yesterday = read(directory_ / "siyu.db");
    start();
    record(5);
    stop();
    write(directory_ / "siyu.db", yesterday);
    EXPECT_TRUE(contains(findings(), "records 6 to 10 of chain " + node_ + ": missing at the end")) << findings();

    start();
    record(20);
    stop();
    const auto found = findings();
    EXPECT_TRUE(contains(found, "records 6 to 10 of chain " + node_ + ": missing")) << found;
    EXPECT_TRUE(contains(found, "record 11 of chain " + node_ + ": here the server found that records before it were gone"));
    EXPECT_TRUE(contains(found, "checkpoints 2 to 2 of chain " + node_ + " are missing from the database")) << found;
}

TEST_F(AuditVerify, NamesAForgedHead)
{
    record(5);
    stop();
    auto head = read(storage::head_file(directory_));
    head[head.find("0000000005") + 9] = '4';
    write(storage::head_file(directory_), head);
    EXPECT_TRUE(contains(findings(), "audit/head was not written by this installation"));
    start(); // the server notes it, too, and goes on
    stop();
    EXPECT_TRUE(contains(findings(), "here the server found audit/head changed"));
}

TEST_F(AuditVerify, NamesEditedAndShortenedCheckpoints)
{
    for (int i = 0; i < 3; ++i) {
        record(2);
        stop();
        start();
    }
    stop();
    const auto file = storage::checkpoints_file(directory_);
    const auto whole = read(file);
    ASSERT_EQ(storage::whole_lines(whole).size(), 3U);

    auto edited = whole;
    edited.replace(edited.find("\"seq\":4"), 7, "\"seq\":3");
    write(file, edited);
    EXPECT_TRUE(contains(findings(), "checkpoint 2 of chain " + node_ + " in audit/checkpoints has a wrong signature"));

    write(file, whole.substr(0, whole.find('\n') + 1));
    EXPECT_TRUE(contains(findings(), "checkpoints 2 to 3 of chain " + node_ + " are missing from audit/checkpoints"));
    write(file, "nonsense\n" + whole);
    EXPECT_TRUE(contains(findings(), "line 1 of audit/checkpoints is not readable"));
    EXPECT_EQ(look().verdict, Verdict::forged);
    write(file, whole);
    EXPECT_EQ(findings(), "");

    edit("DELETE FROM audit_checkpoints WHERE number = 2");
    EXPECT_TRUE(contains(findings(), "checkpoints 2 to 2 of chain " + node_ + " are missing from the database"));
}

TEST_F(AuditVerify, NamesAChangedPublicKeyAndReplacedTables)
{
    record(2);
    stop();
    write(storage::public_key_file(directory_), "ed25519 AAAA\n");
    EXPECT_TRUE(contains(findings(), "audit/public.key is not the key"));
    edit("CREATE TABLE other AS SELECT chain, seq, tenant_id, 'x' AS at, action, actor, outcome, format, body, prev_hash, hash,"
         " mac FROM audit_log;DROP TABLE audit_log;ALTER TABLE other RENAME TO audit_log");
    EXPECT_TRUE(contains(findings(), "the tables of the audit log are not those"));
}

TEST_F(AuditVerify, FoldsManyFaultsIntoRanges)
{
    record(50);
    stop();
    edit("UPDATE audit_log SET mac = prev_hash WHERE seq BETWEEN 10 AND 40");
    EXPECT_EQ(look().findings.size(), 1U);
    EXPECT_EQ(look().verdict, Verdict::altered);
}

} // namespace
} // namespace siyu::audit
