#include "app/api/problem.hpp"

#include "app/api/problem_texts.hpp"

#include <gtest/gtest.h>

#include <set>

using namespace siyu;
using namespace siyu::api;

TEST(Problem, SpeaksTheCallersLanguageAndKeepsTheDetailBack)
{
    const Error error(Errc::not_found, "conversation 42 of Wang", "", "");
    const auto chinese = problem(error, Locale::zh_cn);
    EXPECT_EQ(chinese.status, 404);
    EXPECT_NE(chinese.body.find("不属于您"), std::string::npos);
    EXPECT_EQ(chinese.body.find("Wang"), std::string::npos);
    EXPECT_NE(problem(error, Locale::en_us).body.find("not yours"), std::string::npos);
}

TEST(Problem, TellsAnUnknownReasonAsItsClass)
{
    const auto body = problem_body(Error(Errc::conflict, "", "a_reason_without_text"), Locale::en_us);
    EXPECT_EQ(body.at("code").as_string(), "conflict");
    EXPECT_FALSE(body.at("title").as_string().empty());
}

TEST(Problem, SaysTheStatusOfTheAnswerInItsBody)
{
    const auto response = problem(Error(Errc::invalid, "", "body_too_large"), Locale::en_us, 413);
    EXPECT_EQ(response.status, 413);
    EXPECT_NE(response.body.find("\"status\":413"), std::string::npos);
}

TEST(ProblemTexts, AreWholeAndEachCodeStandsOnce)
{
    std::set<std::string_view> codes;
    for (const auto& text : problem_texts) {
        EXPECT_TRUE(codes.insert(text.code).second) << text.code;
        EXPECT_FALSE(text.english.empty()) << text.code;
        EXPECT_FALSE(text.chinese.empty()) << text.code;
    }
}

TEST(ChooseLocale, FollowsTheWeights)
{
    EXPECT_EQ(choose_locale("zh-CN,zh;q=0.9,en;q=0.8"), Locale::zh_cn);
    EXPECT_EQ(choose_locale("en-US,en;q=0.9,zh;q=0.8"), Locale::en_us);
    EXPECT_EQ(choose_locale("zh;q=0.5, en;q=0.7"), Locale::en_us);
    EXPECT_EQ(choose_locale("fr, zh;q=0.1"), Locale::zh_cn);
    EXPECT_EQ(choose_locale(""), Locale::en_us);
    EXPECT_EQ(choose_locale("zh;q=abc,,;"), Locale::en_us);
}
