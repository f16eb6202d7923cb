#include "clients/cli/wrap.h"

#include "clients/cli/display_width.h"
#include "gtest/gtest.h"

namespace myokine::cli {
namespace {

using Lines = std::vector<std::string>;

TEST(Wrap, BreaksAtBlanks) {
  EXPECT_EQ(Wrap("walk a little every day", 10), (Lines{"walk a", "little", "every day"}));
  EXPECT_EQ(Wrap("walk", 10), Lines{"walk"});
  EXPECT_EQ(Wrap("exactly te", 10), Lines{"exactly te"});
}

TEST(Wrap, CollapsesBlanks) { EXPECT_EQ(Wrap("  a \n\n b\t ", 10), Lines{"a b"}); }

TEST(Wrap, GivesOneLineForNothing) { EXPECT_EQ(Wrap("", 10), Lines{""}); }

TEST(Wrap, CutsLongWords) {
  EXPECT_EQ(Wrap("a incomprehensibilities", 8), (Lines{"a", "incompre", "hensibil", "ities"}));
}

TEST(Wrap, BreaksBetweenJapaneseCharacters) {
  // The small ょ does not begin a line, so it takes the character before along.
  EXPECT_EQ(Wrap("毎日少しずつ歩きましょう", 10), (Lines{"毎日少しず", "つ歩きま", "しょう"}));
}

TEST(Wrap, KeepsMarksWithTheirWords) {
  // `。` and `」` never begin a line, `「` never ends one, nor do small kana begin one.
  for (int columns = 6; columns < 40; ++columns) {
    for (const std::string& line : Wrap("まず「ゆっくり歩く」こと。次に、ちょっと速く歩きましょう。", columns)) {
      EXPECT_LE(DisplayWidth(line), columns) << line;
      for (const char* mark : {"。", "、", "」", "っ", "ょ"})
        EXPECT_NE(line.rfind(mark, 0), 0u) << columns << " " << line;
      EXPECT_FALSE(line.size() >= 3 && line.compare(line.size() - 3, 3, "「") == 0) << columns << " " << line;
    }
  }
}

TEST(Wrap, LosesNothing) {
  const std::string text = "IL-6は1.4倍（1.1〜2.2）になります。Walk for 30 minutes, 3x a week.";
  for (int columns = 2; columns < 60; ++columns) {
    std::string joined;
    for (const std::string& line : Wrap(text, columns)) joined += line;
    std::string expected = text;
    std::erase(expected, ' ');
    std::erase(joined, ' ');
    EXPECT_EQ(joined, expected);
  }
}

}  // namespace
}  // namespace myokine::cli
