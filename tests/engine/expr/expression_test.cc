// What a compiled expression tells of itself.
#include "engine/expr/expression.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/testing/expr_world.h"

namespace myokine {
namespace {

TEST(Expression, TellsWhatItReads) {
  const testing::ExprWorld world;
  std::vector<ExprMistake> mistakes;
  const auto expression = Expression::Compile("n > 1 && has(user.age) && ints.exists(x, x > user.age || n > x)",
                                              world.scope(), {Type()}, mistakes);
  ASSERT_NE(expression, nullptr);
  EXPECT_EQ(expression->facts(), (FactSet{world.scope().Find("n")->fact(), world.scope().Find("ints")->fact(),
                                          world.scope().Find("user.age")->fact()}));
  EXPECT_TRUE(expression->Reads(Frame::kUser));
  EXPECT_FALSE(expression->Reads(Frame::kCandidate));
  EXPECT_TRUE(expression->Names("user"));
  EXPECT_TRUE(expression->Names("n"));
  EXPECT_FALSE(expression->Names("age"));
  EXPECT_FALSE(expression->Names("words"));
  EXPECT_EQ(expression->tree(), "(&& (&& (> n 1) (has user.age)) (exists x ints (|| (> x user.age) (> n x))))");
}

// A macro's variable names nothing outside of the expression.
TEST(Expression, DoesNotTakeVariablesOfMacrosForNames) {
  const testing::ExprWorld world;
  std::vector<ExprMistake> mistakes;
  const auto expression = Expression::Compile("ints.exists(user, user > n)", world.scope(), {Type()}, mistakes);
  ASSERT_NE(expression, nullptr);
  EXPECT_FALSE(expression->Names("user"));
  EXPECT_TRUE(expression->Names("n"));
}

TEST(Expression, NamesInListsWhatReferencesBeginWith) {
  auto names = [](const char* text) {
    std::vector<std::string> found = NamesIn(text);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  };
  EXPECT_EQ(names("a.b + c[d.e] > f(g)"), (std::vector<std::string>{"a", "c", "d", "g"}));
  EXPECT_EQ(names("has(a.b) && 1 in [c]"), (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(names("l.exists(x, m.all(y, x == y && z))"), (std::vector<std::string>{"l", "m", "z"}));
  EXPECT_EQ(names("l.exists(x, true) && x"), (std::vector<std::string>{"l", "x"}));
  EXPECT_EQ(names("x.exists(x, x)"), std::vector<std::string>{"x"});
  EXPECT_EQ(names("1 + "), std::vector<std::string>{});
}

// A leading dot names what stands outside of the macros.
TEST(NamesIn, SeesThroughLeadingDots) {
  EXPECT_EQ(NamesIn("[1].exists(x, .x > x)"), (std::vector<std::string>{"x"}));
  EXPECT_EQ(NamesIn("[1].exists(x, x > 0)"), (std::vector<std::string>{}));
}

}  // namespace
}  // namespace myokine
