#include "features/chat/title.hpp"

#include "core/base/text.hpp"
#include "features/chat/audit.hpp"
#include "features/chat/limits.hpp"
#include "features/chat/text_count.hpp"

#include <array>

namespace siyu::chat {

namespace {

constexpr std::size_t excerpt_chars = 600;
constexpr std::int64_t title_tokens_max = 32;
constexpr std::string_view instruction =
    "Give this conversation a title of at most six words, in the language of the question. Answer with the title alone.";

llm::ChatRequest request_for(const TitleJob& job)
{
    std::string text = "Question:\n" + std::string(first_chars(job.question, excerpt_chars)) + "\n\nAnswer:\n"
        + std::string(first_chars(job.answer, excerpt_chars)) + "\n\n" + std::string(instruction);
    return {.messages = {{llm::ChatRole::user, std::move(text)}}, .temperature = 0, .max_tokens = title_tokens_max};
}

/// All that the model says, as long as it is short.
Task<Result<std::string>> ask(
    inference::Call& call, llm::ChatRequest request, std::shared_ptr<http::Abort> closing, inference::CallEnd& end)
{
    auto stream = co_await call.open(std::move(request), std::move(closing), [] { });
    if (!stream)
        co_return fail(stream.error());
    std::string text;
    for (;;) {
        auto delta = co_await (*stream)->next();
        if (!delta)
            co_return fail(delta.error());
        if (!*delta || text.size() > excerpt_chars)
            co_return text;
        text += (*delta)->text;
        if (const auto& usage = (*delta)->usage) {
            end.prompt_tokens = usage->prompt_tokens;
            end.completion_tokens = usage->completion_tokens;
        }
    }
}

/// Empty when the model is busy, or cannot, or says nothing of use.
Task<std::string> ask_model(const Services& services, const TitleJob& job, std::shared_ptr<http::Abort> closing)
{
    auto call =
        services.inference.admit(job.asker, inference::Purpose::helper, job.model, "conversation", job.conversation.id.text);
    if (!call)
        co_return std::string();
    const auto upstream = (*call)->upstream();
    if (!upstream || upstream->state != llm::UpstreamState::ready || !upstream->slots->is_idle())
        co_return std::string();
    if (const auto started = co_await (*call)->record_start({}); !started)
        co_return std::string();
    inference::CallEnd end;
    const auto text = co_await ask(**call, request_for(job), std::move(closing), end);
    if (!text) {
        end.outcome = Outcome::failure;
        end.reason = text.error().reason.empty() ? std::string(to_string(text.error().code)) : text.error().reason;
    }
    const auto ended = co_await (*call)->record_end(end, {});
    co_return text&& ended ? clean_title(*text) : std::string();
}

} // namespace

std::string clean_title(std::string_view text)
{
    constexpr auto marks = std::to_array<std::string_view>({"\"", "'", "`", "*", "#", "_", ".", ":", "“", "”", "‘", "’", "「",
        "」", "《", "》", "。", "：", "Title:", "title:", "标题：", "标题:", " ", "\t"});
    while (text.starts_with('\n') || text.starts_with('\r') || text.starts_with(' '))
        text.remove_prefix(1);
    text = text.substr(0, text.find_first_of("\r\n"));
    for (bool again = true; again;) {
        again = false;
        for (const auto mark : marks) {
            if (text.starts_with(mark)) {
                text.remove_prefix(mark.size());
                again = true;
            }
            if (text.ends_with(mark)) {
                text.remove_suffix(mark.size());
                again = true;
            }
        }
    }
    std::string title;
    for (const char c : first_chars(text, own_title_chars_max))
        if (static_cast<unsigned char>(c) >= ' ' && c != 0x7f)
            title += c;
    return std::string(trim(title));
}

Task<> give_title(const Services& services, TitleJob job, std::shared_ptr<http::Abort> closing)
{
    auto title = co_await ask_model(services, job, std::move(closing));
    if (title.empty())
        title = clean_title(job.question);
    if (title.empty())
        co_return;
    const auto scope = job.asker.principal.scope();
    auto conversation = co_await services.repositories.conversations->find(scope, job.conversation.id);
    if (!conversation || conversation->title) // gone, or somebody was quicker
        co_return;
    conversation->title = title;
    auto change = co_await services.repositories.conversations->update(scope, *conversation);
    if (!change)
        co_return;
    storage::Commit commit{
        .events = {event_of(job.asker, services.clock.now(), "conversation.update", "conversation", job.conversation.id.text)}};
    commit.changes.push_back(std::move(*change));
    if (co_await services.journal.commit(std::move(commit)))
        services.on_title(job.asker.principal.user, job.conversation.id, std::move(title));
}

} // namespace siyu::chat
