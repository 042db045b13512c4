#include "trust/audit/findings.hpp"

#include "trust/audit/limits.hpp"

#include <fmt/format.h>

namespace siyu::audit {
namespace {

/// In the order of the enumeration's list, not of its numbers.
Verdict graver(Verdict a, Verdict b)
{
    for (const auto verdict : {Verdict::altered, Verdict::forged, Verdict::shortened})
        if (a == verdict || b == verdict)
            return verdict;
    return Verdict::intact;
}

} // namespace

void Findings::add(Verdict kind, std::string sentence)
{
    end_run();
    verdict_ = graver(verdict_, kind);
    keep(std::move(sentence));
}

void Findings::keep(std::string sentence)
{
    if (sentences_.size() < findings_max)
        sentences_.push_back(std::move(sentence));
    else
        ++more_;
}

void Findings::add_record(Verdict kind, const std::string& chain, std::int64_t seq, std::string_view fault)
{
    add_records(kind, chain, seq, seq, fault);
}

void Findings::add_records(
    Verdict kind, const std::string& chain, std::int64_t first, std::int64_t last, std::string_view fault)
{
    verdict_ = graver(verdict_, kind);
    if (run_.fault == fault && run_.chain == chain && run_.last + 1 == first) {
        run_.last = last;
        return;
    }
    end_run();
    run_ = {.chain = chain, .first = first, .last = last, .fault = std::string(fault)};
}

void Findings::end_run()
{
    if (run_.fault.empty())
        return;
    const auto run = std::exchange(run_, {});
    keep(run.first == run.last ? fmt::format("record {} of chain {}: {}", run.first, run.chain, run.fault)
                               : fmt::format("records {} to {} of chain {}: {}", run.first, run.last, run.chain, run.fault));
}

std::vector<std::string> Findings::sentences()
{
    end_run();
    if (more_ > 0)
        sentences_.push_back(fmt::format("and {} more findings", std::exchange(more_, 0)));
    return std::move(sentences_);
}

} // namespace siyu::audit
