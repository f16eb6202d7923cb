#include "engine/pack/yaml_tree.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "engine/pack/utf8.h"
#include "tests/engine/pack/pack_folder.h"

namespace myokine {
namespace {

// The tree of `text`, or its issues, printed.
std::string Parsed(const std::string& text) {
  SourceMap sources;
  Issues issues;
  sources.PutFile("f", text);
  const std::optional<YamlNode> root = ParseYaml(text, "f", sources, issues);
  std::string out = root ? ToString(*root) : "";
  for (const std::string& place : Places(issues)) out += place + "\n";
  return out;
}

TEST(YamlTree, KeepsPlacesAndQuotes) {
  EXPECT_EQ(Parsed("a: 1\nb:\n- x\n- \"y z\"\n- {k: [], l: ~}\n"),
            "1:1 map\n"
            "  1:1 plain a\n"
            "    1:4 plain 1\n"
            "  2:1 plain b\n"
            "    3:1 list\n"
            "      3:3 plain x\n"
            "      4:3 quoted y z\n"
            "      5:3 map\n"
            "        5:4 plain k\n"
            "          5:7 list\n"
            "        5:11 plain l\n"
            "          5:14 null\n");
}

TEST(YamlTree, CountsColumnsInBytes) {
  EXPECT_EQ(Parsed("{運動: x}"), "1:1 map\n  1:2 plain 運動\n    1:10 plain x\n");
}

TEST(YamlTree, PutsMissingValuesAtTheirKey) {
  EXPECT_EQ(Parsed("a:\nb: 1\nc:\n"),
            "1:1 map\n"
            "  1:1 plain a\n    1:1 null\n"
            "  2:1 plain b\n    2:4 plain 1\n"
            "  3:1 plain c\n    3:1 null\n");
}

TEST(YamlTree, ReadsJson) {
  EXPECT_EQ(Parsed("{\"a\": 1,\n\t\"b\":[\"x\\u3042\\/\", null,true]}"),
            "1:1 map\n"
            "  1:2 quoted a\n    1:7 plain 1\n"
            "  2:2 quoted b\n    2:6 list\n"
            "      2:7 quoted xあ/\n"
            "      2:20 null\n"
            "      2:25 plain true\n");
}

TEST(YamlTree, TakesNothingForNull) {
  EXPECT_EQ(Parsed(""), "1:1 null\n");
  EXPECT_EQ(Parsed("# only a comment\n"), "1:1 null\n");
  EXPECT_EQ(Parsed("\xEF\xBB\xBF"
                   "a: 1"),
            "1:1 map\n  1:1 plain a\n    1:4 plain 1\n");
}

TEST(YamlTree, KeepsDuplicateKeys) {
  EXPECT_EQ(Parsed("{a: 1, a: 2}"), "1:1 map\n  1:2 plain a\n    1:5 plain 1\n  1:8 plain a\n    1:11 plain 2\n");
}

TEST(YamlTree, RefusesAndReadsOn) {
  EXPECT_EQ(Parsed("a: &x 1\nb: *x\nc: !!int 3\nd: ! quoted\ne: !has(x) && y\nf: 2\n"),
            "1:1 map\n"
            "  1:1 plain a\n    1:4 plain 1\n"
            "  2:1 plain b\n    2:4 refused\n"
            "  3:1 plain c\n    3:4 refused\n"
            "  4:1 plain d\n    4:4 refused\n"
            "  5:1 plain e\n    5:4 refused\n"
            "  6:1 plain f\n    6:4 plain 2\n"
            "f:1:4 yaml-anchor\nf:2:4 yaml-alias\nf:3:4 yaml-tag\nf:4:4 yaml-tag\nf:5:4 yaml-tag\n");
  EXPECT_EQ(Parsed("---\na: 1\n---\nb: 2\n"), "2:1 map\n  2:1 plain a\n    2:4 plain 1\nf:3:1 several-documents\n");
}

// Escapes that make a control character, or half of one that is not UTF-8.
TEST(YamlTree, RefusesEscapesOfWhatCantBeShown) {
  EXPECT_EQ(Parsed("a: \"b\\_c\"\n"), "1:1 map\n  1:1 plain a\n    1:4 refused\nf:1:4 bad-character\n");
  EXPECT_EQ(Parsed("a: \"b\\x1bc\"\n"), "1:1 map\n  1:1 plain a\n    1:4 refused\nf:1:4 bad-character\n");
}

TEST(YamlTree, LocatesSyntaxErrors) {
  const struct {
    std::string text, expected;
  } kCases[] = {
      {"a: b: c\n", "f:1:5 yaml-syntax\n"},
      {"a: [1, 2\nb: 3\n", "f:2:2 yaml-syntax\n"},
      {"a: 1\n  b: 2\n", "f:2:4 yaml-syntax\n"},
      {"a:\n\tb: 1\n", "f:2:3 yaml-syntax\n"},
      {"when: \"asthma\" in user.health.conditions\n", "f:1:16 yaml-syntax\n"},
      {"when: *x == 1\n", "f:1:7 yaml-syntax\n"},
      {"a: \"open\n", "f:1:4 yaml-syntax\n"},
      {"a: 'it''s\n", "f:1:4 yaml-syntax\n"},
      {"a: \"open \\\"\nb: c\n", "f:1:4 yaml-syntax\n"},
      {"a: [1, 2\n", "f:2:1 yaml-syntax\n"},
      {"a: {b: 1\n", "f:2:1 yaml-syntax\n"},
      {"a: \"\\ud83d\\ude00\"\n", "f:1:11 yaml-syntax\n"},
      {"- a\nb: 1\n", "f:2:1 yaml-syntax\n"},
      {"\"a\"\n\"b\"\n", "f:2:1 yaml-syntax\n"},
      {"%FOO\n", "1:1 null\n"},
      {"a: \xFF\n", "f:1:4 not-utf8\n"},
      {"a: 1\nb: \x04", "f:2:4 not-utf8\n"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Parsed(c.text), c.expected) << c.text;
}

// The parser quotes a single byte of what it stumbled over, which may be the first of several of a character.
TEST(YamlTree, SaysSyntaxErrorsInUtf8) {
  const std::string text = "a: \"\\字\"\n";
  SourceMap sources;
  Issues issues;
  sources.PutFile("f", text);
  EXPECT_FALSE(ParseYaml(text, "f", sources, issues));
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues.list()[0].code, "yaml-syntax");
  EXPECT_NE(issues.list()[0].message.find("unknown escape character"), std::string::npos);
  EXPECT_EQ(FindBadByte(ToString(issues.list()[0])), std::string::npos) << ToString(issues.list()[0]);
}

TEST(YamlTree, HintsAtTheCommonestSlips) {
  const struct {
    std::string text, hint;
  } kCases[] = {
      {"when: \"asthma\" in user.health.conditions",
       "a value that begins with a quote ends with that quote: put the whole of it in the other kind of quotes"},
      {"a:\n\tb: 1\n", "indent with blanks, not with tabs"},
      {"when: *x == 1\n", "quote a value that begins with `*`"},
      {"citation: Diet: a review\n", "quote a value that holds a colon and a blank"},
      {"a: 1\nb: [1,\n  2\nc: 3\n", "the list that begins on line 2, column 4 is not closed with `]`"},
      {"b: {x: 1,\n", "the map that begins on line 1, column 4 is not closed with `}`"},
      {"when: @x\n", "quote a value that begins with `@`"},
      {"when: !has(user.x)\n", "quote a value that begins with `!`"},
  };
  for (const auto& c : kCases) {
    SourceMap sources;
    Issues issues;
    sources.PutFile("f", c.text);
    ParseYaml(c.text, "f", sources, issues);
    ASSERT_EQ(issues.size(), 1u) << c.text;
    EXPECT_EQ(issues.list()[0].hint, c.hint) << c.text;
  }
}

std::string Repeat(const std::string& text, size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

// Small texts that would cost much: each ends soon, with an issue and without a tree.
TEST(YamlTree, SurvivesBombs) {
  std::string deep_map;
  for (size_t i = 0; i < 80; ++i) deep_map += std::string(i, ' ') + "a:\n";
  std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" +
              Repeat("*a" + std::to_string(i - 1) + ", ", 9) + "]\n";
  }
  const struct {
    std::string name, text, code;
  } kCases[] = {
      {"brackets", Repeat("[", 100'000), "too-deep"},
      {"braces", Repeat("{a: ", 1'000), "too-deep"},
      {"dashes", Repeat("- ", 100'000), "too-deep"},
      {"question marks", Repeat("? ", 100'000), "too-deep"},
      {"deep map", deep_map, "too-deep"},
      {"many brackets", Repeat("[", 2'000'000), "too-many-nodes"},
      {"commas", "[" + Repeat(",", 2'000'000), "too-many-nodes"},
      {"many values", Repeat("- a\n", 600'000), "too-many-nodes"},
      {"many keys", Repeat("a:\n", 600'000), "too-many-nodes"},
      {"large", std::string(kMostYamlBytes + 1, ' '), "too-large"},
      {"anchors", Repeat("- &a x\n", 100'000), "yaml-anchor"},
      {"aliases", "- &a x\n" + Repeat("- *a\n", 100'000), "yaml-anchor"},
      {"tags", Repeat("- !t x\n", 100'000), "yaml-tag"},
      {"documents", Repeat("---\n", 100'000), "several-documents"},
  };
  for (const auto& c : kCases) {
    SourceMap sources;
    Issues issues;
    sources.PutFile("f", c.text);
    const std::optional<YamlNode> root = ParseYaml(c.text, "f", sources, issues);
    ASSERT_FALSE(issues.empty()) << c.name;
    EXPECT_EQ(issues.list()[0].code, c.code) << c.name;
    if (c.code != "several-documents") {
      EXPECT_FALSE(root.has_value()) << c.name;
    }
  }
  // A billion laughs: nothing expands, every alias is an issue.
  SourceMap sources;
  Issues issues;
  const std::optional<YamlNode> root = ParseYaml(laughs, "f", sources, issues);
  ASSERT_TRUE(root.has_value());
  EXPECT_EQ(root->items.size(), 9u);
  EXPECT_EQ(issues.size(), 9u + 8u * 9u);
}

TEST(YamlTree, AllowsTheDeepestAndNothingDeeper) {
  const std::string deepest = Repeat("[", kMostYamlDepth) + Repeat("]", kMostYamlDepth);
  SourceMap sources;
  Issues issues;
  EXPECT_TRUE(ParseYaml(deepest, "f", sources, issues).has_value());
  EXPECT_TRUE(issues.empty());
  EXPECT_FALSE(ParseYaml("[" + deepest + "]", "f", sources, issues).has_value());
}

}  // namespace
}  // namespace myokine
