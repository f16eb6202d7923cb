#include "engine/expr/issue.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace myokine {
namespace {

TEST(DidYouMean, FindsTheNearest) {
  const std::vector<std::string> words = {"when", "target", "on_unknown", "effects", "BENEFIT", "id"};
  const struct {
    std::string word, expected;
  } kCases[] = {
      {"wehn", "when"},              // neighbours swapped
      {"whem", "when"},              // one letter wrong
      {"targt", "target"},           // one missing
      {"effectss", "effects"},       // one too many
      {"onUnknown", "on_unknown"},   // spelling of JSON
      {"on-unknwon", "on_unknown"},  // dash for underscore, and swapped
      {"benefit", "BENEFIT"},        // case
      {"wxyn", ""},                  // half of it wrong
      {"ix", ""},                    // too short to tell
      {"", ""},
      {"___", ""},
      {std::string(300, 'w'), ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(DidYouMean(c.word, words), c.expected) << c.word;
  EXPECT_EQ(SuggestionFor("wehn", words), "did you mean `when`?");
  EXPECT_EQ(SuggestionFor("zzzz", words), "");
}

TEST(DidYouMean, TakesTheFirstOfEquallyNear) {
  EXPECT_EQ(DidYouMean("salmo", {"salmon", "salmop"}), "salmon");
  EXPECT_EQ(DidYouMean("salmo", {"salmop", "salmon"}), "salmop");
}

TEST(IssueToString, ShowsTheLineWithACaret) {
  const Issue issue = {{"rules/fish.yaml", 3, 3},
                       "unknown-field",
                       "unknown field `wehn` in rule",
                       "did you mean `when`?",
                       "  wehn: true"};
  EXPECT_EQ(ToString(issue),
            "rules/fish.yaml:3:3: unknown field `wehn` in rule [unknown-field]\n"
            "    3 |   wehn: true\n"
            "      |   ^\n"
            "  hint: did you mean `when`?");
}

TEST(IssueToString, LeavesOutWhatIsNotKnown) {
  EXPECT_EQ(ToString(Issue{{"a.yaml", 0, 0}, "too-large", "too large", "", ""}), "a.yaml: too large [too-large]");
  EXPECT_EQ(ToString(Issue{{"", 0, 0}, "odd", "odd", "", ""}), "odd [odd]");
  EXPECT_EQ(ToString(Issue{{"a.yaml", 2, 0}, "odd", "odd", "", "x: 1"}), "a.yaml:2: odd [odd]\n    2 | x: 1");
}

TEST(IssueToString, PutsTheCaretUnderWideCharacters) {
  // Two characters of two columns each, three bytes each, stand before the caret.
  EXPECT_EQ(ToString(Issue{{"a.yaml", 1, 7}, "odd", "odd", "", "運動x"}),
            "a.yaml:1:7: odd [odd]\n"
            "    1 | 運動x\n"
            "      |     ^");
}

TEST(Issues, SortsByPlaceAndDropsRepetitions) {
  Issues issues;
  issues.Add({{"b.yaml", 1, 1}, "x", "first", "", ""});
  issues.Add({{"a.yaml", 10, 1}, "x", "second", "", ""});
  issues.Add({{"a.yaml", 9, 5}, "x", "third", "", ""});
  issues.Add({{"a.yaml", 9, 5}, "y", "fourth", "", ""});
  issues.Add({{"a.yaml", 9, 5}, "x", "third", "", ""});
  issues.Sort();
  std::vector<std::string> messages;
  for (const Issue& issue : issues.list()) messages.push_back(issue.message);
  EXPECT_EQ(messages, (std::vector<std::string>{"third", "fourth", "second", "first"}));
}

TEST(Issues, KeepsNoMoreThanKMost) {
  Issues issues;
  for (size_t i = 0; i < Issues::kMost + 5; ++i) issues.Add({{"a", static_cast<int>(i) + 1, 1}, "x", "x", "", ""});
  EXPECT_TRUE(issues.full());
  EXPECT_EQ(issues.size(), Issues::kMost);
  EXPECT_EQ(issues.dropped(), 5u);
  Issues more;
  more.Append(issues);
  EXPECT_EQ(more.size(), Issues::kMost);
  EXPECT_EQ(more.dropped(), 5u);
  EXPECT_FALSE(Issues().full());
}

}  // namespace
}  // namespace myokine
