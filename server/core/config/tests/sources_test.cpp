#include "core/config/dotenv.hpp"
#include "core/config/yaml.hpp"

#include <gtest/gtest.h>

using namespace siyu;
using config::Language;

namespace {

std::string repeated(std::string_view text, std::size_t times)
{
    std::string out;
    for (std::size_t i = 0; i < times; ++i)
        out += text;
    return out;
}

std::string lines_each_deeper(std::size_t levels)
{
    std::string out;
    for (std::size_t i = 0; i < levels; ++i)
        out += std::string(i, ' ') + "a:\n";
    return out;
}

} // namespace

TEST(ReadYaml, RefusesWhatWouldExhaustAReader)
{
    const auto bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    for (const auto& text : {repeated("[", 100'000), repeated("{a: ", 100'000), repeated("- ", 100'000),
             repeated("? ", 100'000), lines_each_deeper(5'000), lines_each_deeper(20), repeated("[", 17) + repeated("]", 17),
             std::string(bomb), std::string("a: ") + std::string(2'000'000, 'x'), "a: [" + repeated("x, ", 30'000) + "x]"}) {
        const auto node = config::read_yaml(text, "big.yaml", Language::english);
        ASSERT_FALSE(node) << text.substr(0, 40);
        EXPECT_EQ(node.error().code, Errc::invalid);
    }
}

TEST(ReadYaml, SurvivesBeingCutAtAnyByte)
{
    const std::string text =
        "listen: \"127.0.0.1:1\"\nlog: {level: info, file: 'a b'}\nengines:\n  - name: 引擎\n    command: [a, \"b\\n\"]\n"
        "    text: |\n      one\n      two\n";
    ASSERT_TRUE(config::read_yaml(text, "f", Language::english));
    for (std::size_t length = 0; length < text.size(); ++length) {
        const auto node = config::read_yaml(std::string_view(text).substr(0, length), "f", Language::english);
        if (!node) {
            EXPECT_TRUE(node.error().detail.starts_with("f:")) << node.error().detail;
        }
    }
}

TEST(ReadYaml, KeepsLinesAndQuotation)
{
    const auto node = config::read_yaml("a: 1\nb:\n  c: '2'\n", "f", Language::english);
    ASSERT_TRUE(node);
    EXPECT_EQ(node->members.at("a").origin, "f:1");
    EXPECT_FALSE(node->members.at("a").is_quoted);
    EXPECT_EQ(node->members.at("b").members.at("c").origin, "f:3");
    EXPECT_TRUE(node->members.at("b").members.at("c").is_quoted);
}

TEST(ReadDotenv, ReadsEveryFormOfLine)
{
    const auto variables = config::read_dotenv("# comment\n\nA=1\nexport B = two words # why\r\nC='as $it \\n is'\n"
                                               "D=\"line\\none \\\"q\\\" \\$x\"\nE=\nF=a#b\nG=\"\" # empty\n",
        ".env", Language::english);
    ASSERT_TRUE(variables) << variables.error().detail;
    std::string told;
    for (const auto& variable : *variables)
        told += variable.name + "=" + variable.value + "@" + variable.origin + ";";
    EXPECT_EQ(told,
        "A=1@.env:3;B=two words@.env:4;C=as $it \\n is@.env:5;D=line\none \"q\" $x@.env:6;E=@.env:7;F=a#b@.env:8;G=@.env:9;");
}

TEST(ReadDotenv, RefusesOtherLinesWithoutTheirValue)
{
    for (const auto* text : {"canary", "1A=canary", "A B=canary", "A='canary", "A=\"canary", "A=\"canary\\x\"", "A='a' canary",
             "=canary", "A=canary\nA=canary", "A=\xff", "A=\"canary\\"}) {
        const auto variables = config::read_dotenv(text, ".env", Language::english);
        ASSERT_FALSE(variables) << text;
        EXPECT_TRUE(variables.error().detail.starts_with(".env")) << variables.error().detail;
        EXPECT_EQ(variables.error().detail.find("canary"), std::string::npos) << variables.error().detail;
    }
}
