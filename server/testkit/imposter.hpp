#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace siyu::testkit {

/// What an imposter does with one request, step by step. Bytes go out as they stand, so a script may break every rule.
class Script {
public:
    /// A whole response with its Content-Length; the connection stays open.
    static Script reply(int status, std::string body, std::string type = "application/json",
        std::vector<std::pair<std::string, std::string>> headers = {});
    /// The head of a chunked event stream; `event`, `openai_text` and `end` go on from there.
    static Script stream();
    /// A whole OpenAI answer as a stream: role, one chunk a token, finish reason "stop", usage, [DONE].
    static Script openai(const std::vector<std::string>& tokens);

    Script& raw(std::string bytes); ///< these bytes
    Script& chunk(std::string bytes); ///< these bytes as a chunk of the chunked coding
    Script& event(const std::string& data) { return chunk("data: " + data + "\n\n"); }
    Script& openai_text(const std::string& token); ///< a chat.completion.chunk with this content
    Script& openai_end(); ///< finish reason, usage and [DONE]
    Script& end() { return raw("0\r\n\r\n"); } ///< of a stream
    Script& pause(std::chrono::milliseconds time);
    Script& gate(std::string name); ///< waits until the test opens it
    Script& stall(); ///< says nothing more until the client leaves
    Script& cut(); ///< closes the connection

private:
    friend class Imposter;
    struct Step {
        enum class Kind { send, pause, gate, stall, cut } kind;
        std::string text;
        std::chrono::milliseconds time{};
    };
    std::vector<Step> steps_;
};

/// A request as the imposter received it.
struct SeenRequest {
    std::string method;
    std::string target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    std::string header(std::string_view name) const;
};

/// An HTTP server for tests on a free loopback port, that does what its scripts say, right or wrong. Runs on threads of its
/// own; every function may be called at any time. A path without script is answered 404.
class Imposter {
public:
    Imposter();
    ~Imposter();
    Imposter(const Imposter&) = delete;
    Imposter& operator=(const Imposter&) = delete;

    std::uint16_t port() const;
    std::string origin() const; ///< "http://127.0.0.1:port"

    /// Requests for the path (without query) take the scripts in turn; the last one stays.
    void on(const std::string& path, std::vector<Script> scripts);
    void on(const std::string& path, Script script) { on(path, std::vector{std::move(script)}); }
    void open(const std::string& gate); ///< for good

    std::vector<SeenRequest> requests() const;
    std::size_t connections() const; ///< accepted so far
    std::size_t left() const; ///< clients that went away while their script was not at its end
    /// False when that does not happen within ten seconds.
    bool wait_for_requests(std::size_t count) const;
    bool wait_for_left(std::size_t count) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace siyu::testkit
