#include "trust/audit/verifier.hpp"

#include "state/storage/audit_record.hpp"
#include "state/storage/sql/audit.hpp"
#include "trust/audit/evidence.hpp"
#include "trust/audit/limits.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace siyu::audit {
namespace {

using crypto::Digest;
using storage::AuditRecord;

constexpr std::string_view unreadable = "not readable: it was changed";

/// A row of the audit log as it is stored, before anything about it is believed.
struct StoredRecord {
    std::int64_t seq;
    TenantId tenant;
    std::int64_t at;
    std::string action;
    std::string actor;
    std::string outcome;
    Bytes body;
    Bytes previous;
    Bytes hash;
    Bytes mac;
};

StoredRecord to_stored(const db::Row& row)
{
    return {.seq = row.integer(0),
        .tenant = TenantId{row.text(1)},
        .at = row.integer(2),
        .action = row.text(3),
        .actor = row.text(4),
        .outcome = row.text(5),
        .body = row.bytes(7),
        .previous = row.bytes(8),
        .hash = row.bytes(9),
        .mac = row.bytes(10)};
}

Digest to_digest(const Bytes& bytes)
{
    Digest digest{};
    if (bytes.size() == digest.size())
        std::ranges::copy(bytes, digest.begin());
    return digest;
}

bool columns_agree(const StoredRecord& stored, const AuditEvent& event)
{
    return stored.tenant == event.tenant && stored.at == to_micros(event.at) && stored.action == event.action
        && stored.actor == event.actor && stored.outcome == to_string(event.outcome);
}

/// What the server itself noted at a start (storage's audit_trail.hpp).
std::string_view sentence_for(std::string_view reason)
{
    if (reason == "records_missing")
        return "here the server found that records before it were gone: cut off, or an older database put in place";
    if (reason == "head_missing")
        return "here the server found audit/head missing";
    if (reason == "head_forged")
        return "here the server found audit/head changed";
    if (reason == "head_differs")
        return "here the server found another last record than it had written";
    return "here the server found the log of another node";
}

/// Goes through one chain in order.
class ChainVerifier {
public:
    ChainVerifier(const std::string& chain, const ChainEvidence& evidence, const crypto::KeyRing& keys, Findings& findings)
        : chain_(chain), keys_(keys), findings_(findings)
    {
        for (const auto* checkpoints : {&evidence.filed, &evidence.tabled})
            for (const auto& [number, checkpoint] : *checkpoints)
                vouched_[checkpoint.says.seq].emplace(checkpoint.says.hash);
        if (evidence.head && evidence.head->seq > 0)
            vouched_[evidence.head->seq].emplace(evidence.head->hash);
        end_ = evidence.end();
    }

    Result<std::int64_t> run(db::Connection& connection)
    {
        std::int64_t events = 0;
        while (true) {
            const auto page = connection.execute(storage::sql::select_records, {chain_, last_, verification_page});
            if (!page)
                return fail(page.error());
            if (page->rows.empty())
                break;
            for (const auto& row : page->rows)
                check(row);
            events += std::ssize(page->rows);
        }
        const auto counted = connection.execute(storage::sql::count_records, {chain_, last_});
        if (!counted)
            return fail(counted.error());
        if (counted->rows.front().integer(0) != events)
            findings_.add(Verdict::altered,
                "chain " + chain_ + " has records under numbers that are taken or impossible: they were inserted");
        if (last_ < end_)
            findings_.add_records(Verdict::shortened, chain_, last_ + 1, end_,
                "missing at the end: they were cut off, or the database was put back to an older state");
        return events;
    }

private:
    void check(const db::Row& row)
    {
        const auto stored = to_stored(row);
        if (stored.seq == last_)
            findings_.add_record(Verdict::altered, chain_, stored.seq, "stands twice: one was inserted");
        else if (stored.seq > last_ + 1)
            findings_.add_records(Verdict::altered, chain_, last_ + 1, stored.seq - 1, "missing: they were dropped");
        const bool follows = stored.seq == last_ + 1;
        const auto fault = fault_of(stored, follows);
        if (!fault.empty())
            findings_.add_record(Verdict::altered, chain_, stored.seq, fault);
        last_ = stored.seq;
        previous_ = to_digest(stored.hash);
    }

    std::string_view fault_of(const StoredRecord& stored, bool follows) const
    {
        const auto record = storage::decode_record(stored.body);
        if (!record)
            return unreadable;
        if (record->chain != chain_ || record->seq != stored.seq)
            return "says that it belongs elsewhere: it was reordered or inserted";
        const auto hash = storage::hash_record(to_digest(stored.previous), stored.body);
        if (!std::ranges::equal(hash, stored.hash))
            return "its hash does not fit: it was changed";
        if (!crypto::equal_in_constant_time(storage::authenticate_record(keys_, hash), stored.mac))
            return "not written by this installation: it was changed or inserted by somebody without the key";
        if (follows && previous_ != to_digest(stored.previous))
            return "does not follow the record before it: that one was changed";
        if (!columns_agree(stored, record->event))
            return "its columns say something else than the record: they were changed";
        if (const auto vouched = vouched_.find(stored.seq); vouched != vouched_.end())
            for (const auto& other : vouched->second)
                if (other != hash)
                    return "not the record that the head or a signed checkpoint names: the log was rewritten";
        return record->event.action == "audit.broken" ? sentence_for(record->event.reason) : std::string_view();
    }

    const std::string& chain_;
    const crypto::KeyRing& keys_;
    Findings& findings_;
    std::map<std::int64_t, std::set<Digest>> vouched_; ///< hashes that head and checkpoints name, by number
    std::int64_t end_ = 0;
    std::int64_t last_ = 0;
    Digest previous_{};
};

Result<std::int64_t> verify_records(
    db::Connection& connection, const std::filesystem::path& directory, const crypto::KeyRing& keys, Findings& findings)
{
    const auto chains = gather_evidence(connection, directory, keys, findings);
    if (!chains)
        return fail(chains.error());
    std::int64_t events = 0;
    for (const auto& [chain, evidence] : *chains) {
        ChainVerifier verifier(chain, evidence, keys, findings);
        const auto counted = verifier.run(connection);
        if (!counted)
            return fail(counted.error());
        events += *counted;
    }
    return events;
}

} // namespace

Result<Verification> verify(
    db::Connection& connection, const std::filesystem::path& data_directory, const crypto::KeyRing& keys)
{
    Findings findings;
    Verification verification;
    try {
        const auto events = verify_records(connection, data_directory, keys, findings);
        if (!events && events.error().code != Errc::corrupt)
            return fail(events.error());
        if (events)
            verification.events = *events;
        else
            findings.add(Verdict::altered, "the database is damaged: " + events.error().detail);
    } catch (const std::logic_error&) { // a column of another type than ours: the tables are not those that Siyu made
        findings.add(
            Verdict::altered, "the tables of the audit log are not those that this installation made: they were replaced");
    }
    verification.findings = findings.sentences();
    verification.verdict = findings.verdict();
    return verification;
}

} // namespace siyu::audit
