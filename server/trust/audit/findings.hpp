#pragma once

#include "trust/audit/verifier.hpp"

#include <string>

namespace siyu::audit {

/// Collects what a verification finds: neighbours with the same fault become one sentence, and only so many are kept.
class Findings {
public:
    void add(Verdict kind, std::string sentence);

    /// The sentence is "record 7 of chain X: fault" or "records 7 to 9 of chain X: fault".
    void add_record(Verdict kind, const std::string& chain, std::int64_t seq, std::string_view fault);
    void add_records(Verdict kind, const std::string& chain, std::int64_t first, std::int64_t last, std::string_view fault);

    std::vector<std::string> sentences();
    Verdict verdict() const { return verdict_; }

private:
    struct Run {
        std::string chain;
        std::int64_t first = 0;
        std::int64_t last = 0;
        std::string fault;
    };

    void end_run();
    void keep(std::string sentence);

    Run run_;
    std::vector<std::string> sentences_;
    std::size_t more_ = 0;
    Verdict verdict_ = Verdict::intact;
};

} // namespace siyu::audit
