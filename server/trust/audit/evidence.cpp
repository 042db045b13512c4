#include "trust/audit/evidence.hpp"

#include "state/storage/sql/audit.hpp"

#include <fmt/format.h>

namespace siyu::audit {
namespace {

using Chains = std::map<std::string, ChainEvidence>;
using storage::SignedCheckpoint;

Result<void> read_head(Chains& chains, const std::filesystem::path& directory, const crypto::KeyRing& keys, Findings& findings)
{
    auto head = storage::load_head(directory, keys);
    if (!head && head.error().code != Errc::corrupt)
        return fail(head.error());
    if (!head)
        findings.add(Verdict::forged, "audit/head was not written by this installation: it was changed");
    else if (!*head)
        findings.add(
            Verdict::shortened, "audit/head is missing or empty, so nothing tells whether the end of the log was cut off");
    else
        chains[(*head)->chain].head = std::move(**head);
    return {};
}

void read_line(Chains& chains, std::size_t number, std::string_view line, const crypto::KeyRing& keys, Findings& findings)
{
    auto checkpoint = storage::read_checkpoint_line(line);
    if (!checkpoint) {
        findings.add(Verdict::forged, fmt::format("line {} of audit/checkpoints is not readable: it was changed", number));
        return;
    }
    const auto says = checkpoint->says;
    if (!storage::is_authentic(keys, *checkpoint))
        findings.add(Verdict::forged,
            fmt::format("checkpoint {} of chain {} in audit/checkpoints has a wrong signature: it was changed", says.number,
                says.chain));
    else if (!chains[says.chain].filed.emplace(says.number, std::move(*checkpoint)).second)
        findings.add(Verdict::forged,
            fmt::format("checkpoint {} of chain {} stands twice in audit/checkpoints", says.number, says.chain));
}

Result<void> read_checkpoint_file(
    Chains& chains, const std::filesystem::path& directory, const crypto::KeyRing& keys, Findings& findings)
{
    const auto text = storage::read_file(storage::checkpoints_file(directory));
    if (!text)
        return fail(text.error());
    std::size_t number = 0;
    for (const auto line : storage::whole_lines(text->value_or("")))
        read_line(chains, ++number, line, keys, findings);
    return {};
}

Result<void> read_table(Chains& chains, db::Connection& connection, const crypto::KeyRing& keys, Findings& findings)
{
    const auto named = connection.execute(storage::sql::select_chains);
    if (!named)
        return fail(named.error());
    for (const auto& row : named->rows)
        chains.try_emplace(row.text(0));
    for (auto& [chain, evidence] : chains) {
        const auto rows = connection.execute(storage::sql::select_checkpoints, {chain, std::int64_t{0}});
        if (!rows)
            return fail(rows.error());
        for (const auto& row : rows->rows) {
            auto checkpoint = storage::read_checkpoint(row.bytes(2), row.bytes(3));
            const auto number = row.integer(0);
            if (!checkpoint || !storage::is_authentic(keys, *checkpoint) || checkpoint->says.number != number
                || checkpoint->says.chain != chain || checkpoint->says.seq != row.integer(1))
                findings.add(Verdict::forged,
                    fmt::format("checkpoint {} of chain {} in the database is not authentic: it was changed", number, chain));
            else
                evidence.tabled.emplace(number, std::move(*checkpoint));
        }
    }
    return {};
}

/// Those of 1 … `newest` that `present` lacks, as ranges.
void find_missing(const std::string& chain, const std::map<std::int64_t, SignedCheckpoint>& present, std::int64_t newest,
    std::string_view where, Findings& findings)
{
    std::int64_t expected = 1;
    const auto missing_until = [&](std::int64_t next) {
        if (expected < next)
            findings.add(Verdict::shortened,
                fmt::format("checkpoints {} to {} of chain {} are missing from {}: it is shorter than it was", expected,
                    next - 1, chain, where));
        expected = std::max(expected, next + 1);
    };
    for (const auto& [number, checkpoint] : present)
        missing_until(number);
    missing_until(newest + 1);
}

void compare(const std::string& chain, const ChainEvidence& evidence, Findings& findings)
{
    const auto newest_filed = evidence.filed.empty() ? 0 : evidence.filed.rbegin()->first;
    const auto newest_tabled = evidence.tabled.empty() ? 0 : evidence.tabled.rbegin()->first;
    // The head tells how many the file had. Without it the table does, but for its newest: a crash can come between the two.
    const auto published = evidence.head ? evidence.head->checkpoint : newest_tabled - 1;
    find_missing(chain, evidence.filed, std::max(published, newest_filed), "audit/checkpoints", findings);
    find_missing(chain, evidence.tabled, std::max({published, newest_filed, newest_tabled}), "the database", findings);
    for (const auto& [number, filed] : evidence.filed) {
        const auto tabled = evidence.tabled.find(number);
        if (tabled != evidence.tabled.end() && tabled->second.body != filed.body)
            findings.add(
                Verdict::forged, fmt::format("checkpoint {} of chain {} differs between database and file", number, chain));
        const auto before = evidence.filed.find(number - 1);
        if (before != evidence.filed.end() && crypto::sha256(before->second.body) != filed.says.previous)
            findings.add(
                Verdict::forged, fmt::format("checkpoint {} of chain {} does not follow the one before it", number, chain));
    }
}

} // namespace

std::int64_t ChainEvidence::end() const
{
    std::int64_t end = head ? head->seq : 0;
    for (const auto* checkpoints : {&filed, &tabled})
        for (const auto& [number, checkpoint] : *checkpoints)
            end = std::max(end, checkpoint.says.seq);
    return end;
}

Result<Chains> gather_evidence(
    db::Connection& connection, const std::filesystem::path& data_directory, const crypto::KeyRing& keys, Findings& findings)
{
    Chains chains;
    if (auto read = read_head(chains, data_directory, keys, findings); !read)
        return fail(read.error());
    if (auto read = read_checkpoint_file(chains, data_directory, keys, findings); !read)
        return fail(read.error());
    if (auto read = read_table(chains, connection, keys, findings); !read)
        return fail(read.error());
    for (const auto& [chain, evidence] : chains)
        compare(chain, evidence, findings);

    const auto public_key = storage::read_file(storage::public_key_file(data_directory));
    if (!public_key)
        return fail(public_key.error());
    if (*public_key && **public_key != storage::public_key_text(keys))
        findings.add(Verdict::forged, "audit/public.key is not the key of this installation: it was changed");
    return chains;
}

} // namespace siyu::audit
