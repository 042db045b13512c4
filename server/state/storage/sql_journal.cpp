#include "state/storage/sql_journal.hpp"

#include "state/storage/failpoint.hpp"
#include "state/storage/limits.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

namespace siyu::storage {
namespace {

/// Whether the rows, not the engine, are at fault: then the same Commit would fail again.
bool is_of_the_rows(const Error& error)
{
    return error.code != Errc::unavailable && error.code != Errc::corrupt;
}

AuditEvent event_of_finding(const std::string& finding, Time now)
{
    AuditEvent event;
    event.tenant = default_tenant;
    event.at = now;
    event.action = "audit.broken";
    event.outcome = Outcome::failure;
    event.reason = finding;
    event.actor = "system";
    return event;
}

} // namespace

Result<std::unique_ptr<SqlJournal>> SqlJournal::open(db::Database& database, const std::filesystem::path& directory,
    const crypto::KeyRing& keys, std::string chain, const Clock& clock, std::function<void(std::string)> report)
{
    auto connection = database.connect();
    if (!connection)
        return fail(connection.error());
    auto trail = AuditTrail::open(**connection, directory, keys, std::move(chain), clock.now());
    if (!trail)
        return fail(trail.error());
    std::unique_ptr<SqlJournal> journal(new SqlJournal(std::move(*connection), std::move(*trail), clock, std::move(report)));
    if (auto started = journal->start(); !started)
        return fail(started.error());
    return journal;
}

SqlJournal::SqlJournal(
    std::unique_ptr<db::Connection> connection, AuditTrail trail, const Clock& clock, std::function<void(std::string)> report)
    : connection_(std::move(connection)), trail_(std::move(trail)), clock_(clock), report_(std::move(report))
{
}

SqlJournal::~SqlJournal()
{
    stop();
}

Result<void> SqlJournal::start()
{
    if (!trail_.finding().empty()) {
        report_("the audit log does not fit what this server left (" + trail_.finding() + "): run `siyu audit verify`");
        PendingCommit finding;
        finding.commit.events.push_back(event_of_finding(trail_.finding(), clock_.now()));
        Result<void> outcome;
        auto written = write_transaction(std::span(&finding, 1), std::span(&outcome, 1));
        if (written)
            written = outcome;
        if (!written)
            return written;
    }
    note(trail_.settle());
    if (trail_.has_news())
        note(trail_.checkpoint(*connection_, clock_.now()));
    thread_ = std::thread([this] { run(); });
    return {};
}

Task<Result<void>> SqlJournal::commit(Commit commit)
{
    const Executor executor = co_await asio::this_coro::executor;
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void(Result<void>)>(
        [this, executor, commit = std::move(commit)](auto handler) mutable {
            PendingCommit pending;
            pending.commit = std::move(commit);
            // Resumes the caller on its own thread; the guard keeps that thread's loop until then.
            pending.done = [guard = asio::make_work_guard(executor), handler = std::move(handler)](
                               Result<void> outcome) mutable {
                const auto back = guard.get_executor();
                asio::post(
                    back, [guard = std::move(guard), handler = std::move(handler), outcome = std::move(outcome)]() mutable {
                        std::move(handler)(std::move(outcome));
                    });
            };
            if (!queue_.push(pending))
                pending.done(fail(Errc::unavailable, "the journal takes no more now", "busy"));
        },
        use_task);
}

bool SqlJournal::submit(Commit commit)
{
    PendingCommit pending;
    pending.commit = std::move(commit);
    return queue_.push(pending);
}

void SqlJournal::stop()
{
    queue_.stop();
    if (thread_.joinable())
        thread_.join();
}

JournalStats SqlJournal::stats() const
{
    return queue_.stats();
}

void SqlJournal::run()
{
    while (auto group = queue_.take()) {
        if (!group->empty())
            write(std::move(*group));
        if (trail_.is_checkpoint_due(clock_.now()))
            note(trail_.checkpoint(*connection_, clock_.now()));
    }
    if (trail_.has_news())
        note(trail_.checkpoint(*connection_, clock_.now()));
}

void SqlJournal::write(std::vector<PendingCommit> group)
{
    std::vector<Result<void>> outcomes(group.size());
    auto written = write_transaction(group, outcomes);
    if (!written && group.size() > 1) {
        for (std::size_t i = 0; i < group.size(); ++i)
            if (auto alone = write_transaction(std::span(group).subspan(i, 1), std::span(outcomes).subspan(i, 1)); !alone)
                outcomes[i] = alone;
    } else if (!written) {
        outcomes[0] = written;
    }

    std::vector<PendingCommit> kept;
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (group[i].done)
            group[i].done(std::move(outcomes[i]));
        else if (!outcomes[i] && is_of_the_rows(outcomes[i].error()))
            report_("an audit event could not be recorded: " + outcomes[i].error().detail);
        else if (!outcomes[i])
            kept.push_back(std::move(group[i]));
    }
    const auto count = kept.size();
    if (count > 0 && !queue_.put_back(std::move(kept)))
        report_(std::to_string(count) + " groups of audit events could not be written before the end");
}

Result<void> SqlJournal::write_transaction(std::span<PendingCommit> group, std::span<Result<void>> outcomes)
{
    const auto before = trail_.position();
    std::size_t events = 0;
    auto done = connection_->begin();
    for (std::size_t i = 0; done && i < group.size(); ++i) {
        auto& commit = group[i].commit;
        outcomes[i] = apply_in_savepoint(commit);
        if (outcomes[i])
            events += commit.events.size();
        else if (!is_of_the_rows(outcomes[i].error()))
            done = outcomes[i];
    }
    failpoint("journal.before_commit");
    if (done)
        done = connection_->commit();
    if (!done) {
        connection_->rollback();
        trail_.rewind(before);
        queue_.count_failure();
        note(done);
        return done;
    }
    failpoint("journal.after_commit");
    note(trail_.publish()); // what is stored is stored, also when the head lags: the next one takes it along
    failpoint("journal.after_head");
    queue_.count_written(group.size(), events);
    return {};
}

Result<void> SqlJournal::apply_in_savepoint(Commit& commit)
{
    const auto before = trail_.position();
    if (auto marked = connection_->execute("SAVEPOINT member"); !marked)
        return fail(marked.error());
    auto applied = apply(commit);
    if (!applied) {
        trail_.rewind(before);
        if (!is_of_the_rows(applied.error()))
            return applied;
        if (auto undone = connection_->execute("ROLLBACK TO member"); !undone)
            return fail(Errc::unavailable, undone.error().detail);
    }
    if (auto released = connection_->execute("RELEASE member"); !released)
        return fail(Errc::unavailable, released.error().detail);
    return applied;
}

Result<void> SqlJournal::apply(Commit& commit)
{
    for (const auto& change : commit.changes) {
        auto answer = connection_->execute(change.sql, change.values);
        if (!answer)
            return fail(answer.error());
        if (change.must_change && answer->changed != *change.must_change)
            return fail(Errc::conflict, "the rows are not in the state that the change needs");
    }
    for (const auto& event : commit.events) {
        const auto record = trail_.append(event);
        if (auto answer = connection_->execute(record.sql, record.values); !answer)
            return fail(answer.error());
    }
    return {};
}

/// Says once that writing fails, and once that it works again.
void SqlJournal::note(const Result<void>& written)
{
    if (written.has_value() != is_failing_)
        return;
    is_failing_ = !written;
    report_(written ? "the journal writes again" : "the journal cannot write: " + written.error().detail);
}

} // namespace siyu::storage
