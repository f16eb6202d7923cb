// Flat programs: what they look like, what is worked out beforehand, and that parts can be explained.
#include "engine/expr/program.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/expr/cost.h"
#include "engine/expr/explanation.h"
#include "engine/expr/limits.h"
#include "gtest/gtest.h"
#include "tests/testing/expr_world.h"

namespace myokine {
namespace {

std::unique_ptr<const Expression> Compile(const testing::ExprWorld& world, const std::string& text) {
  std::vector<ExprMistake> mistakes;
  auto expression = Expression::Compile(text, world.scope(), {Type()}, mistakes);
  EXPECT_NE(expression, nullptr) << text;
  return expression;
}

std::string Listing(const std::string& text) {
  const testing::ExprWorld world;
  return Compile(world, text)->program().ToString();
}

TEST(Program, ComparesAndFindsInOneStep) {
  const testing::ExprWorld world;
  const int n = world.scope().Find("n")->slot, words = world.scope().Find("words")->slot;
  EXPECT_EQ(Listing("n >= 65 && \"a\" in words"), absl::StrCat("0 compare user#", n, " >= 65\n1 decide && -> 4\n",
                                                               "2 contains user#", words, " \"a\"\n3 fold &&\n"));
  EXPECT_EQ(Listing("65 < n"), absl::StrCat("0 compare user#", n, " > 65\n"));
}

// `a && b && c`: when `a` decides, nothing else is looked at.
TEST(Program, JumpsOverWholeChains) {
  const std::string listing = Listing("t && u && f");
  EXPECT_TRUE(absl::StrContains(listing, "1 decide && -> 7")) << listing;
  EXPECT_TRUE(absl::StrContains(listing, "4 decide && -> 7")) << listing;
}

TEST(Program, WorksConstantsOut) {
  EXPECT_EQ(Listing("duration(\"1h\") + duration(\"30m\")"), "0 push 5400s\n");
  EXPECT_EQ(Listing("[1, 2 + 3]"), "0 push [1, 5]\n");
  EXPECT_EQ(Listing("1 / 0"), "0 push error(division by zero)\n");
  EXPECT_EQ(Listing("{\"a\": [1]}.a[0] + 1"), "0 push 2\n");
}

TEST(Program, KeepsPatternsCompiled) { EXPECT_TRUE(absl::StrContains(Listing("s.matches(\"^h\")"), "matches 0")); }

TEST(Program, DeepExpressionsHaveRoomForTheirValues) {
  testing::ExprWorld world;
  std::string text = "n";
  for (int i = 0; i < 60; ++i) text = absl::StrCat("(n + ", text, ")");
  EXPECT_EQ(world.Eval(text), "427");
  std::string list = "[n";
  for (int i = 0; i < 500; ++i) list += ", n";
  EXPECT_EQ(world.Eval(absl::StrCat("sum(", list, "])")), "3507");
}

TEST(Stages, PrintThemselves) {
  const testing::ExprWorld world;
  std::vector<ExprMistake> mistakes;
  EXPECT_EQ(ToString(Lex("n>=65&&\"a\" in words", mistakes)), "n >= 65 && \"a\" in words");
  const auto expression = Compile(world, "weight_kg > 70.0 || words.exists(w, w == \"a\")");
  const int kg = world.scope().Find("weight_kg")->slot, words = world.scope().Find("words")->slot;
  EXPECT_EQ(expression->tree(), "(|| (> weight_kg 70d) (exists w words (== w \"a\")))");
  EXPECT_EQ(ToString(expression->root()),
            absl::StrCat("(or:bool (>:bool user#", kg, ":double[kg] 70:double) (exists local#0:bool user#", words,
                         ":list(string) (==:bool local#0:string \"a\":string)))"));
}

TEST(Cost, CountsWhatIsLookedAtInTheWorstCase) {
  const testing::ExprWorld world;
  auto cost = [&world](const std::string& text) { return CostOf(Compile(world, text)->root()); };
  EXPECT_EQ(cost("n"), 1);
  EXPECT_EQ(cost("n > 1"), 3);
  EXPECT_EQ(cost("t ? n : n + n"), 1 + 1 + 3);
  EXPECT_EQ(cost("1 in ints"), 3 + 16);
  EXPECT_EQ(cost("ints.all(x, x > 1)"), 2 + 16 * (1 + 3));
  EXPECT_EQ(cost("[1, 2].all(x, true)"), 1 + 3 + 2 * 2);
  EXPECT_EQ(cost("ints.all(x, ints.exists(y, t))"), 2 + 16 * (1 + 2 + 16 * 2));
  EXPECT_EQ(cost("(ints + ints).all(x, t)"), 1 + (3 + 32) + 32 * 2);
}

// A list of as many items as a declaration says, and an expression that costs exactly as much as is let through.
TEST(Cost, IsBounded) {
  auto compiles = [](int64_t items) {
    Scope scope;
    Declaration big;
    big.type = Type::List(Type::Of(TypeKind::kInt), items);
    scope.Declare("big", big);
    std::vector<ExprMistake> mistakes;
    const auto expression = Expression::Compile("big.all(x, true)", scope, {Type()}, mistakes);
    EXPECT_EQ(expression == nullptr, !mistakes.empty());
    if (expression == nullptr) {
      EXPECT_EQ(mistakes[0].code, "too-costly");
    }
    return expression != nullptr;
  };
  EXPECT_TRUE(compiles((kMaxCost - 2) / 2));
  EXPECT_FALSE(compiles((kMaxCost - 2) / 2 + 1));
}

// Macros over lists as long as stated, and one item longer.
TEST(Limits, StepsAreBounded) {
  for (const int64_t items : {kMaxSteps, kMaxSteps + 1}) {
    Scope scope;
    Declaration big;
    big.type = Type::List(Type::Of(TypeKind::kInt));
    scope.Declare("big", big);
    Arena arena;
    ListValue* list = arena.NewList();
    list->items.assign(static_cast<size_t>(items), Value(int64_t{1}));
    const std::vector<Value> frame = {static_cast<const ListValue*>(list)};
    Activation activation;
    activation.frames[0] = frame;
    activation.arena = &arena;
    std::vector<ExprMistake> mistakes;
    const auto expression = Expression::Compile("big.all(x, x == 1)", scope, {Type()}, mistakes);
    ASSERT_NE(expression, nullptr);
    EXPECT_EQ(ToString(expression->Evaluate(activation)), items == kMaxSteps ? "true" : "error(too many steps)");
  }
}

// Words that are only possible are gone over too.
TEST(Limits, PossibleWordsCountAsSteps) {
  Scope scope;
  Declaration many;
  many.type = Type::List(Type::Of(TypeKind::kString));
  scope.Declare("many", many);
  Arena arena;
  ListValue* list = arena.NewList();
  list->possible.assign(1001, "x");
  list->missing = arena.Keep(FactSet{0});
  const std::vector<Value> frame = {static_cast<const ListValue*>(list)};
  Activation activation;
  activation.frames[0] = frame;
  activation.arena = &arena;
  std::vector<ExprMistake> mistakes;
  const auto expression = Expression::Compile("many.all(x, many.all(y, y == x))", scope, {Type()}, mistakes);
  ASSERT_NE(expression, nullptr);
  EXPECT_EQ(ToString(expression->Evaluate(activation)), "error(too many steps)");
}

TEST(Limits, TextsAreBounded) {
  testing::ExprWorld world;
  const std::string name = "n == 7";
  const std::string most = name + std::string(kMaxExpressionBytes - name.size(), ' ');
  EXPECT_EQ(world.Eval(most), "true");
  EXPECT_EQ(world.Eval(most + " "), "too-long");
}

TEST(Limits, NestedMacrosAreBounded) {
  testing::ExprWorld world;
  std::string text = "t";
  for (size_t i = 0; i < kMaxNestedMacros; ++i) text = absl::StrCat("[1].all(x", i, ", ", text, ")");
  EXPECT_EQ(world.Eval(text), "true");
  EXPECT_EQ(world.Eval(absl::StrCat("[1].all(z, ", text, ")")), "too-costly");
}

TEST(Limits, PatternsAreBounded) {
  testing::ExprWorld world;
  EXPECT_EQ(world.Eval(absl::StrCat("s.matches(\"", std::string(kMaxPatternBytes, 'a'), "\")")), "false");
  EXPECT_EQ(world.Eval(absl::StrCat("s.matches(\"", std::string(kMaxPatternBytes + 1, 'a'), "\")")), "bad-pattern");
  EXPECT_EQ(world.Eval("s.matches(\"((a{100}){100}){100}\")"), "bad-pattern");
}

TEST(Explanation, GivesEveryPartItsValue) {
  const testing::ExprWorld world;
  const std::string text = "n > 3 && ints.exists(x, x == 2) && user.age > 3";
  const auto expression = Compile(world, text);
  std::string shown;
  for (const ExplainedPart& part : Explain(*expression, world.activation())) {
    absl::StrAppend(
        &shown, std::string(static_cast<size_t>(part.depth), '.'), part.variable.empty() ? "" : "[", part.variable,
        part.variable.empty() ? "" : "] ",
        text.substr(static_cast<size_t>(part.span.begin), static_cast<size_t>(part.span.end - part.span.begin)), " = ",
        ToString(part.value), "\n");
  }
  EXPECT_EQ(shown,
            "n > 3 && ints.exists(x, x == 2) && user.age > 3 = unknown(1 facts)\n"
            ".n > 3 && ints.exists(x, x == 2) = true\n"
            "..n > 3 = true\n"
            "...n = 7\n"
            "..ints.exists(x, x == 2) = true\n"
            "...ints = [1, 2, 3]\n"
            "...[x = 1] x == 2 = false\n"
            "....x = 1\n"
            "...[x = 2] x == 2 = true\n"
            "....x = 2\n"
            "...[x = 3] x == 2 = false\n"
            "....x = 3\n"
            ".user.age > 3 = unknown(1 facts)\n"
            "..user.age = unknown(1 facts)\n");
}

}  // namespace
}  // namespace myokine
