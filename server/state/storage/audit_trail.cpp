#include "state/storage/audit_trail.hpp"

#include "state/storage/audit_record.hpp"
#include "state/storage/limits.hpp"
#include "state/storage/sql/audit.hpp"

namespace siyu::storage {
namespace {

Result<crypto::Digest> digest_of(const db::Row& row, std::size_t column)
{
    crypto::Digest digest{};
    const auto& bytes = row.bytes(column);
    if (bytes.size() != digest.size())
        return fail(Errc::corrupt, "a hash of wrong size in the audit log");
    std::ranges::copy(bytes, digest.begin());
    return digest;
}

Result<AuditTrail::Position> last_record(db::Connection& connection, const std::string& chain)
{
    auto answer = connection.execute(sql::select_last_record, {chain});
    if (!answer)
        return fail(answer.error());
    if (answer->rows.empty())
        return AuditTrail::Position();
    auto hash = digest_of(answer->rows[0], 1);
    if (!hash)
        return fail(hash.error());
    return AuditTrail::Position{.seq = answer->rows[0].integer(0), .hash = *hash};
}

Result<bool> has_record(db::Connection& connection, const AuditHead& head)
{
    auto answer = connection.execute(sql::select_record_hash, {head.chain, head.seq});
    if (!answer)
        return fail(answer.error());
    return !answer->rows.empty() && answer->rows[0].bytes(0) == crypto::to_bytes(head.hash);
}

} // namespace

Result<AuditTrail> AuditTrail::open(db::Connection& connection, const std::filesystem::path& directory,
    const crypto::KeyRing& keys, std::string chain, Time now)
{
    auto files = AuditFiles::open(directory, keys);
    if (!files)
        return fail(files.error());
    AuditTrail trail(std::move(*files), keys, std::move(chain), now);
    if (auto found = trail.find_position(connection, directory); !found)
        return fail(found.error());
    if (auto found = trail.find_checkpoint(connection, directory); !found)
        return fail(found.error());
    return trail;
}

Result<void> AuditTrail::find_position(db::Connection& connection, const std::filesystem::path& directory)
{
    auto last = last_record(connection, chain_);
    if (!last)
        return fail(last.error());
    position_ = *last;

    const auto head = load_head(directory, *keys_);
    if (!head && head.error().code != Errc::corrupt)
        return fail(head.error());
    if (!head) {
        finding_ = "head_forged";
    } else if (!*head) {
        finding_ = last->seq > 0 ? "head_missing" : "";
    } else if ((*head)->chain != chain_) {
        finding_ = "head_of_another_chain";
    } else {
        checkpoint_ = (*head)->checkpoint;
        if (last->seq < (*head)->seq) {
            finding_ = "records_missing";
            position_ = {.seq = (*head)->seq, .hash = (*head)->hash};
        } else if ((*head)->seq > 0) {
            // Records beyond the head are what a crash left between commit and head: the head follows forward.
            auto fits = has_record(connection, **head);
            if (!fits)
                return fail(fits.error());
            finding_ = *fits ? "" : "head_differs";
        }
    }
    return {};
}

Result<void> AuditTrail::find_checkpoint(db::Connection& connection, const std::filesystem::path& directory)
{
    // Only the file's end is read: the rest is the verifier's business, and the start must be quick.
    const auto text = read_tail(checkpoints_file(directory));
    if (!text)
        return fail(text.error());
    auto newest = checkpoint_;
    for (const auto line : whole_lines(*text)) {
        const auto checkpoint = read_checkpoint_line(line);
        if (!checkpoint || checkpoint->says.number < newest || checkpoint->says.chain != chain_)
            continue;
        if (is_authentic(*keys_, *checkpoint)) {
            newest = checkpoint->says.number;
            remember(*checkpoint);
        }
    }

    filed_ = newest;
    auto rows = connection.execute(sql::select_checkpoints, {chain_, newest - 1});
    if (!rows)
        return fail(rows.error());
    for (const auto& row : rows->rows) {
        const auto checkpoint = read_checkpoint(row.bytes(2), row.bytes(3));
        if (!checkpoint || !is_authentic(*keys_, *checkpoint))
            continue;
        remember(*checkpoint);
        if (checkpoint->says.number > newest)
            unfiled_.push_back(to_line(*checkpoint)); // a crash came between table and file
    }
    return {};
}

void AuditTrail::remember(const SignedCheckpoint& checkpoint)
{
    checkpoint_ = checkpoint.says.number;
    checkpoint_hash_ = crypto::sha256(checkpoint.body);
    checkpointed_seq_ = checkpoint.says.seq;
    if (checkpointed_seq_ > position_.seq) {
        finding_ = "records_missing";
        position_ = {.seq = checkpoint.says.seq, .hash = checkpoint.says.hash};
    }
}

Change AuditTrail::append(AuditEvent event)
{
    AuditRecord record{.chain = chain_, .seq = position_.seq + 1, .event = std::move(event)};
    auto body = encode_record(record);
    const auto previous = position_.hash;
    position_ = {.seq = record.seq, .hash = hash_record(previous, body)};
    const auto& is = record.event;
    return {.sql = sql::insert_record,
        .values = {chain_, record.seq, is.tenant.text, to_micros(is.at), printable(is.action), printable(is.actor),
            std::string(to_string(is.outcome)), record_format, std::move(body), crypto::to_bytes(previous),
            crypto::to_bytes(position_.hash), crypto::to_bytes(authenticate_record(*keys_, position_.hash))}};
}

Result<void> AuditTrail::publish()
{
    return files_.write_head(
        to_text(*keys_, {.chain = chain_, .seq = position_.seq, .hash = position_.hash, .checkpoint = filed_}));
}

bool AuditTrail::is_checkpoint_due(Time now) const
{
    const auto events = position_.seq - checkpointed_seq_;
    return events >= checkpoint_events || (events > 0 && now - checkpointed_at_ >= checkpoint_period);
}

Result<void> AuditTrail::checkpoint(db::Connection& connection, Time now)
{
    checkpointed_at_ = now; // also when it fails: the next try is due later, not at once
    const auto made = sign_checkpoint(*keys_,
        {.at = now,
            .chain = chain_,
            .hash = position_.hash,
            .number = checkpoint_ + 1,
            .previous = checkpoint_hash_,
            .seq = position_.seq});
    auto written =
        connection.execute(sql::insert_checkpoint, {chain_, made.says.number, made.says.seq, made.body, made.signature});
    if (!written)
        return fail(written.error());
    remember(made);
    unfiled_.push_back(to_line(made));
    return settle();
}

Result<void> AuditTrail::settle()
{
    while (!unfiled_.empty()) {
        if (auto appended = files_.append_checkpoint(unfiled_.front()); !appended)
            return appended;
        unfiled_.erase(unfiled_.begin());
        filed_ = checkpoint_ - std::ssize(unfiled_);
    }
    return publish();
}

} // namespace siyu::storage
