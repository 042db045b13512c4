#include "testkit/fake_clock.hpp"
#include "trust/identity/attempts.hpp"
#include "trust/identity/cookie.hpp"
#include "trust/identity/names.hpp"
#include "trust/identity/password_policy.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using namespace siyu::identity;

TEST(CheckUserName, TakesLettersOfAnyScript)
{
    for (const auto* name :
        {"a", "Alice", "alice.b_c-d@example.org", "李雷", "Zoë", "Дмитрий", "さくら", "한글", "محمد", "𠮷野"})
        EXPECT_TRUE(check_user_name(name)) << name;
    EXPECT_TRUE(check_user_name(std::string(64, 'a')));
}

TEST(CheckUserName, RefusesWhatCannotBeToldApartOrSeen)
{
    for (const std::string name : {"", "a b", "a/b", "a\nb", "ａｌｉｃｅ", "e\xcc\x81", "a\u200b", "a\u202eb", "\u3000", "😀",
             "𝐚", "a\xff", "a\u00a0", "<b>", "a'b", "a\"b", "a,b", "a:b", "①", "½"})
        EXPECT_FALSE(check_user_name(name)) << name;
    EXPECT_FALSE(check_user_name(std::string(65, 'a')));
    EXPECT_FALSE(check_user_name(std::string("a\0b", 3)));
}

TEST(CheckLabel, TakesPrintableTextWithoutBlanksAtTheEnds)
{
    for (const auto* text : {"Alice Li", "李 雷", "a (b) 😀"})
        EXPECT_TRUE(check_label(text, 64, "f")) << text;
    for (const auto* text : {"", " a", "a ", "a\tb", "a\u202eb", "a\xff", "\x7f"})
        EXPECT_FALSE(check_label(text, 64, "f")) << text;
    EXPECT_FALSE(check_label("四个汉字", 3, "f"));
}

TEST(CheckPassword, TakesGoodOnes)
{
    for (const auto* password :
        {"many small rivers", "correct horse battery", "我们的秘密花园里有十二朵花", "Tr0ub4dor&3xyz", "kX9#mQ2$vL7!"})
        EXPECT_TRUE(check_password(password, "alice", 12, "password")) << password;
    EXPECT_TRUE(check_password("Malibu sunset at nine", "li", 12, "password")) << "a short name stands in too many words";
}

TEST(CheckPassword, RefusesThirtyBadOnes)
{
    const std::vector<std::pair<std::string, std::string>> bad{{"", "password_too_short"},
        {"elevenchars", "password_too_short"}, {"密码密码密码", "password_too_short"},
        {std::string(1'025, 'x') + "abcdefgh", "password_too_long"}, {"I am alice now", "password_contains_name"},
        {"xxALICExxxxxyz", "password_contains_name"}, {"password1234", "password_too_common"},
        {"Password!2024", "password_too_common"}, {"P@ssw0rd1234", "password_too_common"},
        {"passwordpassword", "password_too_common"}, {"123456789012", "password_too_common"},
        {"012345678901234", "password_too_common"}, {"210987654321", "password_too_common"},
        {"aaaaaaaaaaaa", "password_too_common"}, {"abababababab", "password_too_common"},
        {"abcabcabcabc", "password_too_common"}, {"abcdefghijkl", "password_too_common"},
        {"zyxwvutsrqponm", "password_too_common"}, {"qwertyuiopas", "password_too_common"},
        {"qwertyuiop12", "password_too_common"}, {"QwErTyUiOp!!", "password_too_common"},
        {"1qaz2wsx3edc", "password_too_common"}, {"1q2w3e4r5t6y", "password_too_common"},
        {"administrator", "password_too_common"}, {"Administrator1", "password_too_common"},
        {"admin1234567", "password_too_common"}, {"Welcome123456", "password_too_common"},
        {"letmein!!!!!!", "password_too_common"}, {"changeme1234", "password_too_common"},
        {"Ch@ng3m3!!!!", "password_too_common"}, {"iloveyou1234", "password_too_common"},
        {"woaini520520", "password_too_common"}, {"siyu20262026", "password_too_common"},
        {"            ", "password_too_common"}};
    ASSERT_GE(bad.size(), 30U);
    for (const auto& [password, reason] : bad) {
        const auto checked = check_password(password, "alice", 12, "new_password");
        ASSERT_FALSE(checked) << password;
        EXPECT_EQ(checked.error().reason, reason) << password;
        EXPECT_EQ(checked.error().field, "new_password");
    }
    EXPECT_FALSE(check_password("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "alice", 12, "f"));
}

TEST(SessionCookie, IsStricterWithHttps)
{
    EXPECT_EQ(SessionCookie(false).make("abc", std::chrono::hours(12)),
        "siyu_session=abc; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict");
    EXPECT_EQ(SessionCookie(true).make("abc", std::chrono::hours(12)),
        "__Host-siyu_session=abc; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure");
    EXPECT_EQ(SessionCookie(false).clear(), "siyu_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
}

TEST(SessionCookie, ReadsItselfAmongOthers)
{
    const auto read = [](std::vector<std::string> values) {
        http::Headers headers;
        for (auto& value : values)
            headers.add("cookie", std::move(value));
        return SessionCookie(false).read(headers).value_or("nothing");
    };
    EXPECT_EQ(read({"siyu_session=abc"}), "abc");
    EXPECT_EQ(read({"a=b; siyu_session=abc; c=d"}), "abc");
    EXPECT_EQ(read({"a=b", " siyu_session = abc "}), "abc");
    EXPECT_EQ(read({"siyu_session=abc; siyu_session=abc"}), "abc");
    for (const auto* value : {"", "siyu_session", "siyu_session=", "xsiyu_session=abc", "siyu_sessionx=abc", "Siyu_Session=abc",
             "siyu_session=\"abc\"", "siyu_session=a b", "siyu_session=abc; siyu_session=abd",
             "siyu_session=abc; siyu_session=", ";;;=;", "__Host-siyu_session=abc"})
        EXPECT_EQ(read({value}), "nothing") << value;
    EXPECT_EQ(read({"siyu_session=" + std::string(129, 'a')}), "nothing");
    EXPECT_EQ(read({std::string(100'000, ';') + "siyu_session=abc"}), "nothing");
}

TEST(CookieValue, SurvivesBeingCutAtAnyByte)
{
    const std::string header = "theme=dark; siyu_session=abcdef; x=\"y\"";
    for (std::size_t length = 0; length <= header.size(); ++length) {
        const auto value = cookie_value(std::string_view(header).substr(0, length), "siyu_session");
        if (value) {
            EXPECT_TRUE(std::string_view("abcdef").starts_with(*value));
        }
    }
}

TEST(Attempts, StaysWithinItsBound)
{
    testkit::FakeClock clock;
    Attempts attempts({});
    for (int i = 0; i < 50'000; ++i)
        attempts.fail("name" + std::to_string(i), "", clock.now());
    for (int i = 0; i < 5; ++i)
        attempts.fail("alice", "192.0.2.1", clock.now());
    EXPECT_TRUE(attempts.locked_until("alice", "", clock.now()));
    EXPECT_FALSE(attempts.locked_until("name1", "", clock.now()));
}
