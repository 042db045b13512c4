#include "app/cli/commands.hpp"
#include "app/cli/terminal.hpp"
#include "state/storage/storage.hpp"
#include "trust/audit/verifier.hpp"

namespace siyu::cli {
namespace {

config::Phrase phrase_of(audit::Verdict verdict)
{
    switch (verdict) {
    case audit::Verdict::intact: return {"The audit log is intact: {} events.", "审计日志完好：共 {} 条记录。"};
    case audit::Verdict::altered:
        return {"The audit log was ALTERED ({} events read).", "审计日志已被篡改（已读取 {} 条记录）。"};
    case audit::Verdict::shortened:
        return {"The audit log was TRUNCATED or rolled back ({} events read).", "审计日志被截断或回退（已读取 {} 条记录）。"};
    case audit::Verdict::forged:
        return {"The audit log has a BAD SIGNATURE ({} events read).", "审计日志签名无效（已读取 {} 条记录）。"};
    }
    return {"{}", "{}"};
}

} // namespace

int audit_verify(const CommonOptions& options)
{
    const auto loaded = load_settings(options);
    if (!loaded) {
        complain(loaded.error().detail);
        return 1;
    }
    auto inspection = storage::inspect(loaded->settings.data);
    if (!inspection) {
        complain(sentence_of(inspection.error()));
        return 1;
    }
    const auto found = audit::verify(*inspection->connection, loaded->settings.data, inspection->keys);
    if (!found) {
        complain(sentence_of(found.error()));
        return 1;
    }
    for (const auto& finding : found->findings)
        say(finding);
    say(filled(phrase_of(found->verdict), found->events));
    return static_cast<int>(found->verdict);
}

} // namespace siyu::cli
