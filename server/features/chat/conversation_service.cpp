#include "features/chat/conversation_service.hpp"

#include "core/base/text.hpp"
#include "features/chat/audit.hpp"
#include "features/chat/limits.hpp"
#include "features/chat/parameters.hpp"
#include "features/chat/text_count.hpp"
#include "features/chat/turn_engine.hpp"

namespace siyu::chat {

namespace {

constexpr std::string_view object_type = "conversation";

Result<void> check_text(std::string_view text, std::string_view field, std::size_t chars_max, bool may_be_empty)
{
    if (!is_utf8(text))
        return fail(Errc::invalid, "not UTF-8", "wrong_type", std::string(field));
    if (!may_be_empty && is_blank(text))
        return fail(Errc::invalid, "empty", "empty_field", std::string(field));
    if (char_count(text) > chars_max)
        return fail(Errc::invalid, "too long", "too_long", std::string(field));
    return {};
}

Result<void> check(const ConversationPatch& patch)
{
    if (patch.title)
        if (auto ok = check_text(*patch.title, "title", title_chars_max, false); !ok)
            return ok;
    if (patch.model && *patch.model)
        if (auto ok = check_text(**patch.model, "model", model_bytes_max, true); !ok)
            return ok;
    if (patch.system_prompt && *patch.system_prompt)
        if (auto ok = check_text(**patch.system_prompt, "system_prompt", system_prompt_chars_max, true); !ok)
            return ok;
    return patch.parameters ? check_parameters(*patch.parameters) : Result<void>();
}

/// An empty text is none.
std::optional<std::string> or_none(std::optional<std::string> text)
{
    return text && text->empty() ? std::nullopt : std::move(text);
}

void apply(ConversationPatch patch, storage::Conversation& conversation)
{
    if (patch.title)
        conversation.title = std::string(trim(*patch.title));
    if (patch.pinned)
        conversation.is_pinned = *patch.pinned;
    if (patch.archived)
        conversation.is_archived = *patch.archived;
    if (patch.model)
        conversation.model = or_none(std::move(*patch.model));
    if (patch.system_prompt)
        conversation.system_prompt = or_none(std::move(*patch.system_prompt));
    if (patch.parameters)
        conversation.parameters = std::move(*patch.parameters);
}

} // namespace

Task<Result<storage::Conversation>> ConversationService::create(Asker asker, ConversationPatch fields)
{
    if (auto ok = check(fields); !ok)
        co_return fail(ok.error());
    const auto now = services_.clock.now();
    storage::Conversation conversation{
        .id = ConversationId::make(now), .owner = asker.principal.user, .created_at = now, .updated_at = now};
    apply(std::move(fields), conversation);
    auto change = services_.repositories.conversations->insert(asker.principal.scope(), conversation);
    if (!change)
        co_return fail(change.error());
    storage::Commit commit{
        .events = {event_of(asker, now, "conversation.create", std::string(object_type), conversation.id.text)}};
    commit.changes.push_back(std::move(*change));
    if (auto written = co_await services_.journal.commit(std::move(commit)); !written)
        co_return fail(written.error());
    co_return conversation;
}

Task<Result<storage::ConversationPage>> ConversationService::list(
    Asker asker, bool archived, std::string cursor, std::int64_t limit)
{
    auto page =
        co_await services_.repositories.conversations->list(asker.principal.scope(), archived, std::move(cursor), limit);
    if (!page)
        co_return fail(page.error());
    auto recorded = co_await record(services_.journal, event_of(asker, services_.clock.now(), "conversation.list"));
    if (!recorded)
        co_return fail(recorded.error());
    co_return std::move(*page);
}

Task<Result<storage::Conversation>> ConversationService::find(Asker asker, ConversationId id)
{
    auto conversation = co_await services_.repositories.conversations->find(asker.principal.scope(), id);
    if (!conversation)
        co_return fail(conversation.error());
    auto recorded = co_await record(
        services_.journal, event_of(asker, services_.clock.now(), "conversation.read", std::string(object_type), id.text));
    if (!recorded)
        co_return fail(recorded.error());
    co_return std::move(*conversation);
}

Task<Result<storage::Conversation>> ConversationService::update(Asker asker, ConversationId id, ConversationPatch patch)
{
    if (auto ok = check(patch); !ok)
        co_return fail(ok.error());
    const auto scope = asker.principal.scope();
    auto conversation = co_await services_.repositories.conversations->find(scope, id);
    if (!conversation)
        co_return fail(conversation.error());
    const auto now = services_.clock.now();
    apply(std::move(patch), *conversation);
    conversation->updated_at = now;
    auto change = co_await services_.repositories.conversations->update(scope, *conversation);
    if (!change)
        co_return fail(change.error());
    storage::Commit commit{.events = {event_of(asker, now, "conversation.update", std::string(object_type), id.text)}};
    commit.changes.push_back(std::move(*change));
    if (auto written = co_await services_.journal.commit(std::move(commit)); !written)
        co_return fail(written.error());
    co_return std::move(*conversation);
}

Task<Result<void>> ConversationService::erase(Asker asker, ConversationId id)
{
    const auto scope = asker.principal.scope();
    if (auto found = co_await services_.repositories.conversations->find(scope, id); !found)
        co_return fail(found.error());
    co_await engine_.stop_all_of(id);
    storage::Commit commit{.changes = services_.repositories.conversations->erase(scope, id),
        .events = {event_of(asker, services_.clock.now(), "conversation.delete", std::string(object_type), id.text)}};
    co_return co_await services_.journal.commit(std::move(commit));
}

Task<Result<std::vector<storage::Message>>> ConversationService::messages(Asker asker, ConversationId id)
{
    auto messages = co_await services_.repositories.messages->list(asker.principal.scope(), id);
    if (!messages)
        co_return fail(messages.error());
    auto recorded = co_await record(
        services_.journal, event_of(asker, services_.clock.now(), "conversation.read", std::string(object_type), id.text));
    if (!recorded)
        co_return fail(recorded.error());
    co_return std::move(*messages);
}

Task<Result<std::vector<storage::SearchHit>>> ConversationService::search(Asker asker, std::string needle, std::int64_t limit)
{
    if (auto ok = check_text(needle, "q", needle_chars_max, false); !ok)
        co_return fail(ok.error());
    auto hits = co_await services_.repositories.messages->search(asker.principal.scope(), std::string(trim(needle)), limit);
    if (!hits)
        co_return fail(hits.error());
    auto event = event_of(asker, services_.clock.now(), "message.search");
    event.counts["hits"] = static_cast<std::int64_t>(hits->size());
    if (auto recorded = co_await record(services_.journal, std::move(event)); !recorded)
        co_return fail(recorded.error());
    co_return std::move(*hits);
}

} // namespace siyu::chat
