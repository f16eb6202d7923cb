// Expressions come from packs, and packs from strangers: none may hold the machine or eat its memory.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/expr_world.h"

namespace myokine {
namespace {

// True when `text` was refused, or gave up with an error, rather than being worked out to the end.
bool GivesUp(const std::string& text) {
  testing::ExprWorld world;
  return !world.Mistakes(text).empty() || absl::StartsWith(world.Eval(text), "error(");
}

std::string Zeros(int count) {
  std::string text = "[0";
  for (int i = 1; i < count; ++i) text += ",0";
  return text + "]";
}

// Macros within macros multiply.
TEST(Limits, DeeplyNestedMacrosAreRefused) {
  std::string text = "true";
  for (const char* name : {"a", "b", "c", "d", "e", "g", "h", "i", "j", "k"}) {
    text = absl::StrCat(Zeros(20), ".all(", name, ", ", text, ")");
  }
  const testing::ExprWorld world;
  EXPECT_FALSE(world.Mistakes(text).empty()) << "20^10 steps are let through";
}

// Three macros over long lists are not deep, and yet millions of steps within 4 KB of text.
TEST(Limits, LongListsInNestedMacrosGiveUp) {
  std::string text = "true";
  for (const char* name : {"a", "b", "c"}) text = absl::StrCat(Zeros(250), ".all(", name, ", ", text, ")");
  ASSERT_LT(text.size(), 4096u);
  EXPECT_TRUE(GivesUp(text)) << "16 million steps are let through";
}

// What is doubled again and again grows beyond all bounds, without one macro within another.
TEST(Limits, TextsThatDoubleGiveUp) {
  std::string text = "\"a\"";
  for (int i = 0; i < 22; ++i) text = absl::StrCat("[", text, "].map(x, x + x)[0]");
  EXPECT_TRUE(GivesUp(absl::StrCat("size(", text, ")"))) << "4 MB are built of " << text.size() << " bytes";
}

TEST(Limits, ListsThatDoubleGiveUp) {
  std::string text = "[1]";
  for (int i = 0; i < 20; ++i) text = absl::StrCat("[", text, "].map(x, x + x)[0]");
  EXPECT_TRUE(GivesUp(absl::StrCat("size(", text, ")"))) << "a million items are built of " << text.size() << " bytes";
}

// What rules really ask is far from any limit: the longest lists that a caller may send, each item against each.
TEST(Limits, WhatRulesAskIsWellWithinThem) {
  testing::ExprWorld world;
  EXPECT_EQ(world.Eval(absl::StrCat(Zeros(200), ".all(a, ", Zeros(100), ".all(b, a == b))")), "true");
  EXPECT_EQ(world.Eval(absl::StrCat("sum(", Zeros(1000), ") == 0 && size(", Zeros(1000), ") == 1000")), "true");
  EXPECT_EQ(world.Eval("ints.all(a, ints.all(b, ints.all(c, a * b * c > 0)))"), "true");
}

std::string Chain(const std::string& first, const std::string& next, int count) {
  std::string text = first;
  for (int i = 0; i < count; ++i) text += next;
  return text;
}

TEST(Limits, LongChainsAreWorkedOut) {
  testing::ExprWorld world;
  EXPECT_EQ(world.Eval(Chain("1", "+1", 200)), "201");
  EXPECT_EQ(world.Eval(Chain("t", " && t", 200)), "true");
  EXPECT_EQ(world.Eval(absl::StrCat("size(", Chain("\"a\"", "+\"a\"", 200), ")")), "201");
}

// A chain nests to the left without a parenthesis. As long as a file may hold, or longer: refused or worked out, but no
// stack runs out, under AddressSanitizer neither.
TEST(Limits, ChainsOfAnyLengthDoNoHarm) {
  testing::ExprWorld world;
  for (int count : {2000, 100000}) {
    for (const auto& [first, next] : std::vector<std::pair<std::string, std::string>>{{"1", "+1"},
                                                                                      {"t", "&&t"},
                                                                                      {"user", ".x"},
                                                                                      {"x", ".x"},
                                                                                      {"ints", "[0]"},
                                                                                      {"s", ".f()"},
                                                                                      {"ints", ".map(x,x)"}}) {
      world.Eval(Chain(first, next, count));
    }
  }
}

}  // namespace
}  // namespace myokine
