#pragma once

#include "core/async/task_group.hpp"
#include "core/observe/log.hpp"
#include "state/storage/journal.hpp"

namespace siyu::inference {

/// Writes the *ended* records of calls that nobody awaits any more, because the client has left. Runs on one thread; `write` is
/// thread-safe. `stop` is awaited before it goes.
class Closer {
public:
    Closer(Executor executor, storage::Journal& journal, observe::Log& log, async::TaskGroup::Report report);

    void write(storage::Commit commit);
    Task<> stop();

private:
    Task<> write_patiently(storage::Commit commit);

    Executor executor_;
    storage::Journal& journal_;
    observe::Log& log_;
    std::atomic<std::size_t> posted_ = 0;
    async::TaskGroup group_;
};

} // namespace siyu::inference
