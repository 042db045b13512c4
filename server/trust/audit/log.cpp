#include "trust/audit/log.hpp"

#include "state/storage/audit_record.hpp"
#include "state/storage/cursor.hpp"
#include "state/storage/sql/audit.hpp"

#include <limits>

namespace siyu::audit {
namespace {

constexpr std::string_view cursor_kind = "audit";

std::string_view statement_for(const EntryFilter& filter)
{
    if (filter.action.empty())
        return filter.actor.empty() ? storage::sql::select_records_of_tenant : storage::sql::select_records_of_actor;
    return filter.actor.empty() ? storage::sql::select_records_of_action : storage::sql::select_records_of_action_and_actor;
}

/// A record that does not read is shown as one, not hidden and not in the way of the others.
AuditEvent unreadable(const TenantId& tenant, Time at)
{
    AuditEvent event;
    event.tenant = tenant;
    event.at = at;
    event.action = "audit.unreadable";
    event.outcome = Outcome::failure;
    event.reason = "corrupt";
    event.actor = "unknown";
    return event;
}

Entry to_entry(const TenantId& tenant, const db::Row& row)
{
    auto record = storage::decode_record(row.bytes(2));
    return {.chain = row.text(0),
        .seq = row.integer(1),
        .event = record ? std::move(record->event) : unreadable(tenant, from_micros(row.integer(4))),
        .hash = to_hex(row.bytes(3))};
}

} // namespace

Task<Result<EntryPage>> Log::list(TenantId tenant, EntryFilter filter, std::string cursor, std::int64_t limit)
{
    storage::Cursor before{.numbers = {std::numeric_limits<std::int64_t>::max(), 0}, .text = {}};
    if (!cursor.empty()) {
        auto decoded = storage::decode_cursor(cursor_kind, before.numbers.size(), cursor);
        if (!decoded)
            co_return fail(decoded.error());
        before = std::move(*decoded);
    }
    db::Values values = {tenant.text, before.numbers[0], before.text, before.numbers[1], limit + 1};
    for (const auto* filtered : {&filter.action, &filter.actor})
        if (!filtered->empty())
            values.emplace_back(*filtered);
    const auto rows = co_await database_.query(statement_for(filter), std::move(values));
    if (!rows)
        co_return fail(rows.error());

    EntryPage page;
    for (const auto& row : *rows) {
        if (std::ssize(page.items) == limit) {
            const auto& last = page.items.back();
            // By the column, which the order follows, also when the record does not read.
            const auto at = (*rows)[page.items.size() - 1].integer(4);
            page.next_cursor = storage::encode_cursor(cursor_kind, {.numbers = {at, last.seq}, .text = last.chain});
            break;
        }
        page.items.push_back(to_entry(tenant, row));
    }
    co_return page;
}

} // namespace siyu::audit
