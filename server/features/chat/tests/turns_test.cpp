#include "features/chat/limits.hpp"
#include "features/chat/tests/fixture.hpp"

#include <boost/json/parse.hpp>

#include <thread>

using namespace siyu;
using namespace siyu::chat;
using namespace std::chrono_literals;
using events::Phase;
using testkit::Script;

namespace {

class TurnsTest : public ChatTest { };

boost::json::array messages_of(const testkit::SeenRequest& request)
{
    return boost::json::parse(request.body).at("messages").as_array();
}

std::string problem_code(const Page& page)
{
    return page.end && page.end->problem.contains("code") ? std::string(page.end->problem.at("code").as_string()) : "";
}

} // namespace

TEST_F(TurnsTest, AnswersAndStoresBeforeItTellsTheEnd)
{
    imposter.on(chat_path, Script::openai({"巴", "黎"}));
    const auto conversation = new_conversation({.system_prompt = "Be brief."});

    const auto started = ask(conversation, "法国的首都是哪里？");
    ASSERT_TRUE(started) << started.error().detail;
    const auto page = follow(started->turn);

    EXPECT_EQ(page.text, "巴黎");
    EXPECT_EQ(page.phases, (std::vector{Phase::waiting_for_model, Phase::reading, Phase::writing}));
    ASSERT_TRUE(page.end);
    EXPECT_EQ(page.end->state, TurnState::done);
    EXPECT_EQ(page.end->finish_reason, "stop");
    const auto answer = message(started->answer);
    EXPECT_EQ(answer.content.text, "巴黎");
    EXPECT_EQ(answer.state, TurnState::done);
    EXPECT_EQ(answer.parent, started->question);
    EXPECT_EQ(answer.meta.at("model").as_string(), "m");
    EXPECT_TRUE(answer.meta.contains("usage"));
    EXPECT_TRUE(answer.meta.at("timings").as_object().contains("first_token_ms"));
    EXPECT_EQ(journal->count("turn.start"), 1);
    EXPECT_EQ(journal->count("turn.end"), 1);
    const auto sent = messages_of(calls().at(0));
    ASSERT_EQ(sent.size(), 2u);
    EXPECT_EQ(sent[0].at("role").as_string(), "system");
    EXPECT_EQ(sent[1].at("content").as_string(), "法国的首都是哪里？");
}

TEST_F(TurnsTest, GoesOnFromTheNewestMessageAndFromAnyOther)
{
    imposter.on(chat_path, Script::openai({"answer"}));
    const auto conversation = new_conversation({.title = "named"});
    const auto first = ask(conversation, "one");
    follow(first->turn);
    const auto second = ask(conversation, "two");
    follow(second->turn);
    EXPECT_EQ(message(second->question).parent, first->answer);
    EXPECT_EQ(messages_of(calls().back()).size(), 3u);

    TurnRequest edit{.conversation = conversation, .prompt = "other one", .parent = std::optional<MessageId>()};
    const auto edited = run(chat->turns().start(as(alice), edit));
    ASSERT_TRUE(edited);
    follow(edited->turn);
    EXPECT_EQ(message(edited->question).parent, std::nullopt);
    EXPECT_EQ(messages_of(calls().back()).size(), 1u);

    edit.parent = std::optional(MessageId{"01900000-0000-7000-8000-0000000000ff"});
    EXPECT_EQ(run(chat->turns().start(as(alice), edit)).error().field, "parent_id");
}

TEST_F(TurnsTest, ReturnsTheSameTurnForTheSameMessageId)
{
    imposter.on(chat_path, Script::openai({"x"}));
    const auto conversation = new_conversation({.title = "named"});
    const MessageId id = MessageId::make(clock.now());

    std::array<std::future<Result<TurnStarted>>, 4> asked;
    for (std::size_t i = 0; i < asked.size(); ++i)
        asked[i] = asio::co_spawn(threads.at(i % 2),
            chat->turns().start(as(alice), {.conversation = conversation, .prompt = "q", .message_id = id}), asio::use_future);
    std::vector<TurnStarted> turns;
    for (auto& one : asked) {
        const auto started = one.get();
        ASSERT_TRUE(started) << started.error().detail;
        turns.push_back(*started);
    }
    for (const auto& turn : turns)
        EXPECT_EQ(turn.turn, turns[0].turn);
    EXPECT_EQ(turns[0].question, id);
    EXPECT_TRUE(follow(turns[0].turn).end);
    EXPECT_EQ(journal->count("turn.end"), 1);
    EXPECT_EQ(calls().size(), 1u);

    const auto other = new_conversation();
    EXPECT_EQ(ask(other, "q", id).error().reason, "message_id_taken");
    EXPECT_EQ(ask(other, "q", turns[0].answer).error().code, Errc::conflict);
}

TEST_F(TurnsTest, GivesFollowersOnAllThreadsTheSameText)
{
    std::vector<std::string> tokens;
    std::string whole;
    for (int i = 0; i < 500; ++i) {
        tokens.push_back(std::to_string(i) + " ");
        whole += tokens.back();
    }
    imposter.on(chat_path, Script::openai(tokens));
    const auto started = ask(new_conversation({.title = "named"}), "count");
    std::vector<std::thread> readers;
    std::array<Page, 4> pages;
    for (std::size_t i = 0; i < pages.size(); ++i)
        readers.emplace_back([&, i] { pages[i] = follow(started->turn, {}, i % 2); });
    for (auto& reader : readers)
        reader.join();
    for (const auto& page : pages)
        EXPECT_EQ(page.text, whole);
    EXPECT_EQ(message(started->answer).content.text, whole);
}

TEST_F(TurnsTest, StopsDownToTheModelAndKeepsTheText)
{
    imposter.on(chat_path, Script::stream().openai_text("kept").stall());
    const auto started = ask(new_conversation(), "go");
    until([&] { return logs->find(started->turn)->last_seq() >= 4; });

    ASSERT_TRUE(run(chat->turns().stop(as(alice), started->turn)));
    EXPECT_TRUE(imposter.wait_for_left(1));
    const auto page = follow(started->turn);

    EXPECT_EQ(page.end->state, TurnState::stopped);
    EXPECT_EQ(message(started->answer).content.text, "kept");
    EXPECT_EQ(message(started->answer).state, TurnState::stopped);
    EXPECT_EQ(journal->count("turn.stop"), 1);
    EXPECT_EQ(run(chat->turns().stop(as(alice), started->turn))->state, TurnState::stopped); // harmless
}

TEST_F(TurnsTest, StopsBeforeTheFirstToken)
{
    imposter.on(chat_path, Script().stall());
    const auto started = ask(new_conversation(), "go");
    until([&] { return calls().size() == 1; });
    ASSERT_TRUE(run(chat->turns().stop(as(alice), started->turn)));
    EXPECT_TRUE(imposter.wait_for_left(1));
    EXPECT_EQ(follow(started->turn).end->state, TurnState::stopped);
}

TEST_F(TurnsTest, ContinuesInTheSameMessageWhereTheModelCan)
{
    imposter.on(chat_path, {Script::stream().openai_text("half").cut(), Script::openai({" and half"})});
    const auto started = ask(new_conversation({.title = "named"}), "go");
    EXPECT_EQ(problem_code(follow(started->turn)), "upstream_cut");
    EXPECT_EQ(message(started->answer).state, TurnState::failed);

    const auto resumed = run(chat->turns().resume(as(alice), started->turn));
    ASSERT_TRUE(resumed) << resumed.error().detail;
    EXPECT_EQ(resumed->turn, started->turn);
    EXPECT_EQ(resumed->answer, started->answer);
    const auto page = follow(started->turn, started->turn.text + ":1:3");
    EXPECT_EQ(page.text, "half and half");
    EXPECT_EQ(page.resets, 1);
    EXPECT_EQ(page.end->id.attempt, 2);
    EXPECT_EQ(message(started->answer).content.text, "half and half");
    const auto sent = messages_of(calls().back());
    EXPECT_EQ(sent.at(sent.size() - 1).at("role").as_string(), "assistant");
    EXPECT_EQ(sent.at(sent.size() - 1).at("content").as_string(), "half");
    EXPECT_EQ(run(chat->turns().resume(as(alice), started->turn)).error().reason, "turn_not_continuable");
    EXPECT_EQ(journal->count("turn.start"), 2);
    EXPECT_EQ(journal->count("turn.end"), 2);
}

TEST_F(TurnsTest, ContinuesAsASiblingWhereTheModelCannot)
{
    close();
    serve_models(R"({"data":[{"id":"m"}]})");
    open();
    imposter.on(chat_path, {Script::stream().openai_text("half").cut(), Script::openai({"whole"})});
    const auto started = ask(new_conversation({.title = "named"}), "go");
    follow(started->turn);
    const auto resumed = run(chat->turns().resume(as(alice), started->turn));
    ASSERT_TRUE(resumed);
    EXPECT_NE(resumed->answer, started->answer);
    EXPECT_EQ(follow(resumed->turn).text, "whole");
    EXPECT_EQ(message(started->answer).content.text, "half");
    EXPECT_EQ(message(resumed->answer).parent, started->question);
}

TEST_F(TurnsTest, RegeneratesBesideTheFirstAnswer)
{
    imposter.on(chat_path, {Script::openai({"one"}), Script::openai({"two"}), Script::openai({"three"})});
    const auto started = ask(new_conversation({.title = "named"}), "go");
    follow(started->turn);
    const auto second = run(chat->turns().regenerate(as(alice), started->answer, ""));
    const auto third = run(chat->turns().regenerate(as(alice), started->question, "m"));
    ASSERT_TRUE(second && third);
    follow(second->turn);
    follow(third->turn);
    EXPECT_EQ(message(second->answer).parent, started->question);
    EXPECT_EQ(message(third->answer).parent, started->question);
    EXPECT_EQ(message(started->answer).content.text, "one");
    EXPECT_EQ(run(chat->turns().regenerate(as(alice), started->answer, "none")).error().reason, "model_not_found");
}

TEST_F(TurnsTest, RunsOnlySoManyAtOnce)
{
    imposter.on(chat_path, Script().stall());
    const auto conversation = new_conversation();
    std::vector<TurnStarted> started;
    for (std::size_t i = 0; i < turns_per_conversation_max; ++i)
        started.push_back(*ask(conversation, "q"));
    EXPECT_EQ(ask(conversation, "one more").error().reason, "too_many_turns");
    EXPECT_TRUE(ask(new_conversation(), "elsewhere"));
    run(chat->turns().stop(as(alice), started[0].turn)).value();
    follow(started[0].turn);
    until([&] { return ask(conversation, "again").has_value(); });
}

TEST_F(TurnsTest, TellsWhyAnAnswerFailed)
{
    imposter.on(chat_path,
        {Script::reply(500, ""), Script::reply(429, "{}"),
            Script::reply(400, R"({"error":{"type":"exceed_context_size_error"}})"), Script::reply(401, "{}")});
    const auto conversation = new_conversation();
    for (const auto* code : {"upstream_error", "upstream_rate_limited", "context_exceeded", "upstream_auth"}) {
        const auto started = ask(conversation, "q");
        const auto page = follow(started->turn);
        EXPECT_EQ(page.end->state, TurnState::failed);
        EXPECT_EQ(problem_code(page), code);
        EXPECT_EQ(message(started->answer).meta.at("problem").at("code").as_string(), code);
        EXPECT_EQ(journal->last_reason("turn.end"), code);
    }
}

TEST_F(TurnsTest, SaysWithNumbersThatAQuestionIsTooLong)
{
    std::string question;
    for (int i = 0; i < 3000; ++i)
        question += "字";
    const auto page = follow(ask(new_conversation(), question)->turn);
    EXPECT_EQ(problem_code(page), "prompt_too_long");
    EXPECT_EQ(page.end->problem.at("window").as_int64(), 2000);
    EXPECT_GT(page.end->problem.at("tokens").as_int64(), 2000);
    EXPECT_TRUE(calls().empty());
}

TEST_F(TurnsTest, KeepsReasoningApart)
{
    imposter.on(chat_path, Script::openai({"<thi", "nk>hm", "m</think>", "\n\nyes"}));
    const auto started = ask(new_conversation({.title = "named"}), "q");
    const auto page = follow(started->turn);
    EXPECT_EQ(page.text, "yes");
    EXPECT_EQ(page.reasoning, "hmm");
    const auto answer = message(started->answer);
    EXPECT_EQ(answer.content.text, "yes");
    EXPECT_EQ(answer.content.reasoning, "hmm");
    EXPECT_TRUE(answer.meta.at("timings").as_object().contains("reasoning_ms"));
}

TEST_F(TurnsTest, StartsNothingThatIsNotRecorded)
{
    const auto conversation = new_conversation();
    journal->refusals = 1;
    EXPECT_EQ(ask(conversation, "q").error().code, Errc::unavailable);
    EXPECT_TRUE(run(chat->conversations().messages(as(alice), conversation))->empty());
    EXPECT_TRUE(calls().empty());
}

TEST_F(TurnsTest, TellsTheEndOnlyWhenItIsStored)
{
    imposter.on(chat_path, Script::openai({"x"}));
    const auto conversation = new_conversation({.title = "named"});
    journal->refused_action = "turn.end";
    journal->refusals = 2;
    const auto started = ask(conversation, "q");
    const auto page = follow(started->turn);
    EXPECT_EQ(page.end->state, TurnState::done);
    EXPECT_EQ(journal->refusals, 0); // it was tried again until it was stored
    EXPECT_EQ(message(started->answer).state, TurnState::done);
}

TEST_F(TurnsTest, HidesWhatIsAnothers)
{
    imposter.on(chat_path, Script::openai({"x"}));
    const auto conversation = new_conversation({.title = "named"});
    const auto started = ask(conversation, "q");
    follow(started->turn);
    auto& turns = chat->turns();
    EXPECT_EQ(run(turns.start(as(bob), {.conversation = conversation, .prompt = "q"})).error().code, Errc::not_found);
    EXPECT_EQ(run(turns.regenerate(as(bob), started->answer, "")).error().code, Errc::not_found);
    EXPECT_EQ(run(turns.resume(as(bob), started->turn)).error().code, Errc::not_found);
    EXPECT_EQ(run(turns.stop(as(bob), started->turn)).error().code, Errc::not_found);
    EXPECT_EQ(run(turns.find(as(bob), started->turn)).error().code, Errc::not_found);
    EXPECT_EQ(run(turns.follow(as(bob), started->turn, "", threads.at(0))).error().code, Errc::not_found);
}

TEST_F(TurnsTest, RefusesBadInputWithItsField)
{
    const auto conversation = new_conversation();
    EXPECT_EQ(ask(conversation, " \n\u3000").error().field, "prompt");
    EXPECT_EQ(ask(conversation, "\xff").error().field, "prompt");
    EXPECT_EQ(ask(conversation, std::string(prompt_bytes_max + 1, 'x')).error().reason, "too_long");
    EXPECT_EQ(
        run(chat->turns().start(as(alice), {.conversation = conversation, .prompt = "q", .model = "none"})).error().reason,
        "model_not_found");
}

TEST_F(TurnsTest, AnswersForTurnsThatAreNoLongerInMemory)
{
    imposter.on(chat_path, {Script::openai({"stored"}), Script::reply(500, "")});
    const auto conversation = new_conversation({.title = "named"});
    const auto good = ask(conversation, "q");
    const auto last = follow(good->turn).end->id;
    const auto bad = ask(conversation, "q");
    follow(bad->turn);
    close();
    open();
    const auto page = follow(good->turn);
    EXPECT_EQ(page.text, "stored");
    EXPECT_EQ(page.end->id, last);
    EXPECT_EQ(page.end->finish_reason, "stop");
    EXPECT_TRUE(page.end->usage.contains("prompt_tokens"));
    EXPECT_EQ(problem_code(follow(bad->turn)), "upstream_error");
    EXPECT_FALSE(follow(good->turn, last.to_string()).end); // it has seen everything
    EXPECT_EQ(follow(good->turn, "nonsense").resets, 1);
}

TEST_F(TurnsTest, InterruptsAtAGracefulStopWithTheTextStored)
{
    imposter.on(chat_path, {Script::stream().openai_text("so far").stall(), Script::openai({" and on"})});
    const auto conversation = new_conversation({.title = "named"});
    const auto started = ask(conversation, "q");
    until([&] { return logs->find(started->turn)->last_seq() >= 4; });
    close();
    open();
    EXPECT_EQ(message(started->answer).state, TurnState::interrupted);
    EXPECT_EQ(message(started->answer).content.text, "so far");
    EXPECT_EQ(journal->last_reason("turn.end"), "interrupted");
    ASSERT_TRUE(run(chat->turns().resume(as(alice), started->turn)));
    EXPECT_EQ(follow(started->turn).text, "so far and on");
}

TEST_F(TurnsTest, RecoversWhatACrashLeft)
{
    imposter.on(chat_path, Script::stream().openai_text("stored in time").stall());
    const auto conversation = new_conversation({.title = "named"});
    const auto started = ask(conversation, "q");
    const auto scope = as(alice).principal.scope();
    until([&] { return !run(storage->repositories().turns->chunks(scope, started->turn, 1))->empty(); });
    journal->refusals = 1'000'000; // from here on nothing reaches the disk: as good as dead
    close();
    journal->refusals = 0;
    EXPECT_EQ(message(started->answer).state, TurnState::running);

    open();
    ASSERT_TRUE(run(chat->recover()));
    const auto answer = message(started->answer);
    EXPECT_EQ(answer.state, TurnState::interrupted);
    EXPECT_EQ(answer.content.text, "stored in time");
    EXPECT_TRUE(run(storage->repositories().turns->chunks(scope, started->turn, 1))->empty());
    EXPECT_EQ(journal->count("turn.end"), 1);
    EXPECT_EQ(follow(started->turn, started->turn.text + ":1:99").text, "stored in time"); // beyond what is stored: a reset
    ASSERT_TRUE(run(chat->recover())); // nothing more to do
    EXPECT_EQ(journal->count("turn.end"), 1);
}

TEST_F(TurnsTest, NamesAConversationAfterItsFirstAnswer)
{
    imposter.on(chat_path, {Script::openai({"Paris."}), Script::openai({"\"The capital", " of France\"\nmore"})});
    const auto conversation = new_conversation();
    follow(ask(conversation, "What is the capital of France?")->turn);
    until([&] {
        const std::lock_guard lock(mutex);
        return !titles.empty();
    });
    EXPECT_EQ(titles.at(0), "The capital of France");
    EXPECT_EQ(run(chat->conversations().find(as(alice), conversation))->title, "The capital of France");
    EXPECT_EQ(journal->count("call.start"), 1);
    EXPECT_EQ(journal->count("call.end"), 1);
}

TEST_F(TurnsTest, TakesTheFirstWordsWhenTheModelGivesNoTitle)
{
    imposter.on(chat_path, {Script::openai({"Paris."}), Script::reply(500, "")});
    const auto conversation = new_conversation();
    follow(ask(conversation, "法国的首都是哪里？\n请回答")->turn);
    until([&] {
        const std::lock_guard lock(mutex);
        return !titles.empty();
    });
    EXPECT_EQ(titles.at(0), "法国的首都是哪里？");
}
