#include "core/observe/log.hpp"

#include "core/observe/log_line.hpp"

#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/details/periodic_worker.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace siyu::observe {
namespace {

constexpr std::size_t queue_lines_max = 8'192;
constexpr auto flush_interval = std::chrono::seconds(1);

} // namespace

/// spdlog's queue and thread. The lines come finished, so its own pattern adds nothing.
class Log::Writer {
public:
    explicit Writer(const std::string& file)
        : pool_(std::make_shared<spdlog::details::thread_pool>(queue_lines_max, 1)), logger_(make(file))
    {
        logger_->set_pattern("%v");
        logger_->set_level(spdlog::level::trace);
        logger_->flush_on(spdlog::level::warn);
        if (!file.empty())
            flusher_ = std::make_unique<spdlog::details::periodic_worker>([this] { logger_->flush(); }, flush_interval);
    }

    ~Writer()
    {
        flusher_.reset();
        logger_->flush();
        logger_.reset();
        pool_.reset(); // joins: what is queued is written first
    }

    void write(Severity severity, std::string_view line)
    {
        logger_->log(severity >= Severity::warn ? spdlog::level::warn : spdlog::level::info,
            spdlog::string_view_t(line.data(), line.size()));
    }

private:
    std::shared_ptr<spdlog::async_logger> make(const std::string& file)
    {
        spdlog::sink_ptr sink;
        if (file.empty())
            sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
        else
            sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file);
        return std::make_shared<spdlog::async_logger>("siyu", sink, pool_, spdlog::async_overflow_policy::overrun_oldest);
    }

    std::shared_ptr<spdlog::details::thread_pool> pool_;
    std::shared_ptr<spdlog::async_logger> logger_;
    std::unique_ptr<spdlog::details::periodic_worker> flusher_;
};

Log::Log(Options options) : level_(options.level), format_(options.format)
{
    try {
        writer_ = std::make_unique<Writer>(options.file);
    } catch (const spdlog::spdlog_ex& e) {
        open_error_ = e.what();
        writer_ = std::make_unique<Writer>(std::string());
    }
}

Log::Log(Options options, Sink sink) : level_(options.level), format_(options.format), sink_(std::move(sink)) { }

Log::~Log() = default;

void Log::write(Severity severity, Literal action, Literal message, std::initializer_list<Field> fields, const Trace* trace)
{
    if (!is_enabled(severity))
        return;
    const LogEntry entry{SystemClock().now(), severity, action.text(), message.text(), fields, trace};
    const auto line = format_ == Format::json ? to_json_line(entry) : to_text_line(entry);
    if (sink_)
        sink_(line);
    else
        writer_->write(severity, line);
}

} // namespace siyu::observe
