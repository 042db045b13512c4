#pragma once

#include "core/async/threads.hpp"
#include "core/domain/principal.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

namespace siyu::api {

/// A connection that stays open for somebody: a followed turn, a tab's WebSocket. Lives on one thread.
class LiveStream {
public:
    virtual ~LiveStream() = default;
    virtual const Principal& principal() const = 0;
    /// Its session or key has ended.
    virtual void close() = 0;
    /// Something for this person's eyes; a stream that carries none ignores it.
    virtual void notice(const boost::json::object& message) = 0;
};

/// All open streams, a set for each thread, so that no lock is needed: what concerns them is posted to their thread.
class LiveStreams {
public:
    explicit LiveStreams(async::Threads& threads);

    // On the stream's own thread.
    void add(Executor executor, LiveStream& stream) { set_of(executor).insert(&stream); }
    void remove(Executor executor, LiveStream& stream) { set_of(executor).erase(&stream); }

    /// On `executor`'s thread: ends the streams there that came with this session or key.
    void close_credential(Executor executor, const std::string& credential_id);

    /// Ends every stream of this person, whatever it came with. Thread-safe.
    void close_all_of(const UserId& user);

    /// To every stream of this person. Thread-safe.
    void notify(const UserId& user, boost::json::object message);

private:
    using Set = std::unordered_set<LiveStream*>;
    Set& set_of(Executor executor);

    async::Threads& threads_;
    std::vector<Set> sets_; // by the thread's number
};

} // namespace siyu::api
