#include "trust/audit/findings.hpp"

#include "trust/audit/limits.hpp"

#include <fmt/format.h>

namespace siyu::audit {

void Findings::add(std::string sentence)
{
    end_run();
    if (sentences_.size() < findings_max)
        sentences_.push_back(std::move(sentence));
    else
        ++more_;
}

void Findings::add_record(const std::string& chain, std::int64_t seq, std::string_view fault)
{
    add_records(chain, seq, seq, fault);
}

void Findings::add_records(const std::string& chain, std::int64_t first, std::int64_t last, std::string_view fault)
{
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
    add(run.first == run.last ? fmt::format("record {} of chain {}: {}", run.first, run.chain, run.fault)
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
