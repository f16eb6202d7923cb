#include "engine/pack/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace myokine {
namespace {

TEST(FindBadByte, FindsWhatIsNotText) {
  const struct {
    std::string text;
    size_t expected;
  } kCases[] = {
      {"", std::string::npos},
      {"plain\ttext\r\n", std::string::npos},
      {"運動 \xF0\x9F\x8F\x83 \xF4\x8F\xBF\xBF", std::string::npos},
      {std::string("a\0b", 3), 1},
      {"a\x04", 1},             // the byte that yaml-cpp takes for the end of the file
      {"ab\xFF", 2},            // never in UTF-8
      {"\x80", 0},              // a continuation without a beginning
      {"a\xE9\x81", 1},         // cut short
      {"\xC0\xAF", 0},          // over-long
      {"\xE0\x80\xAF", 0},      // over-long
      {"\xED\xA0\x80", 0},      // a surrogate
      {"\xF4\x90\x80\x80", 0},  // beyond Unicode
  };
  for (const auto& c : kCases) EXPECT_EQ(FindBadByte(c.text), c.expected) << testing::PrintToString(c.text);
}

TEST(Shorten, CutsBetweenCharacters) {
  EXPECT_EQ(Shorten("short"), "short");
  EXPECT_EQ(Shorten("two\nlines"), "two lines");
  EXPECT_EQ(Shorten("abcdef", 3), "abc...");
  EXPECT_EQ(Shorten("運動する", 7), "運動...");
  EXPECT_EQ(Shorten("運", 1), "...");
}

}  // namespace
}  // namespace myokine
