#include "clients/cli/display_width.h"

#include "gtest/gtest.h"

namespace myokine::cli {
namespace {

struct Case {
  const char* text;
  int columns;
};

class DisplayWidthTest : public ::testing::TestWithParam<Case> {};

TEST_P(DisplayWidthTest, CountsColumns) {
  EXPECT_EQ(DisplayWidth(GetParam().text), GetParam().columns) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(Texts, DisplayWidthTest,
                         ::testing::Values(Case{"", 0}, Case{"walk", 4}, Case{"散歩", 4}, Case{"IL-6の上昇", 10},
                                           Case{"カタカナ", 8}, Case{"ｶﾀｶﾅ", 4}, Case{"（注意）", 8},
                                           Case{"がか\xE3\x82\x99", 4}, Case{"é", 1}, Case{"e\xCC\x81", 1},
                                           Case{"한국", 4}, Case{"🏃", 2}, Case{"𠮷野家", 6}, Case{"×—…", 3},
                                           Case{"a\xE2\x80\x8B"
                                                "b",
                                                2}));

TEST(Glyphs, DropWhatMovesTheCursor) {
  std::string text;
  for (const Glyph& glyph : Glyphs("a\x1b[31mb\r\bc\x7f"
                                   "d\xC2\x9b"
                                   "e\xE2\x80\xAE"
                                   "f\tg\nh"))
    text += glyph.bytes;
  EXPECT_EQ(text, "a[31mbcdef g h");
}

TEST(Glyphs, ReplaceWhatIsNotUtf8) {
  // A lone continuation byte, a cut sequence, an overlong form, a surrogate.
  for (const char* bad : {"\x80", "\xE3\x81", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    for (const Glyph& glyph : Glyphs(bad)) EXPECT_EQ(glyph.bytes, "\xEF\xBF\xBD");
    EXPECT_GE(DisplayWidth(bad), 1);
  }
}

TEST(PadRight, CountsColumnsNotBytes) {
  EXPECT_EQ(PadRight("理由", 6), "理由  ");
  EXPECT_EQ(PadRight("why", 6), "why   ");
  EXPECT_EQ(PadRight("理由理由", 6), "理由理由");
}

}  // namespace
}  // namespace myokine::cli
