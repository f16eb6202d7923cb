// Static types, names, vocabularies and units: what is refused before anything runs.
#include "engine/expr/checker.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/testing/expr_world.h"

namespace myokine {
namespace {

struct Case {
  std::string text;
  std::string want;
};

void Check(const std::vector<Case>& cases) {
  const testing::ExprWorld world;
  for (const Case& c : cases) EXPECT_EQ(world.TypeOf(c.text), c.want) << "text: " << c.text;
}

TEST(Checker, FindsTypes) {
  Check({{"true", "bool"},
         {"1", "int"},
         {"1.0", "double"},
         {"\"a\"", "string"},
         {"[]", "list(any)"},
         {"[1]", "list(int)"},
         {"[[1.0]]", "list(list(double))"},
         {"n", "int"},
         {"user.name", "string"},
         {"user.body.mass", "double"},
         {"words", "list(string)"},
         {"injuries", "list(Injury)"},
         {"injuries[0]", "Injury"},
         {"injuries[0].site", "string"},
         {"injuries[0].tags", "list(string)"},
         {"dur", "duration"},
         {"time", "timestamp"},
         {"t && f", "bool"},
         {"!t", "bool"},
         {"n == 1", "bool"},
         {"n < 1", "bool"},
         {"1 in ints", "bool"},
         {"has(user.age)", "bool"},
         {"has(user.body)", "bool"},
         {"has(injuries[0].level)", "bool"},
         {"t ? 1 : 2", "int"},
         {"ints.exists(x, x > 1)", "bool"},
         {"ints.all(x, x > 1)", "bool"},
         {"ints.exists_one(x, x > 1)", "bool"},
         {"ints.filter(x, x > 1)", "list(int)"},
         {"ints.map(x, double(x))", "list(double)"},
         {"injuries.map(i, i.tags)", "list(list(string))"},
         {"injuries.filter(i, i.level > 1)[0].site", "string"},
         {"[] + [1]", "list(int)"},
         {"[1] + []", "list(int)"},
         {"time - time", "duration"},
         {"time - dur", "timestamp"},
         {"dur + time", "timestamp"}});
}

TEST(Checker, TellsWhatNamesMean) {
  Check({{"x", "unknown-name"},
         {"user", "not-a-value"},
         {"user.body", "not-a-value"},
         {"user.nam", "unknown-field"},
         {"user.body.weight", "unknown-field"},
         {"user.body.mass.x", "no-fields"},
         {"usr.name", "unknown-name"},
         {"usr.body.x.y", "unknown-name"},
         {"n.x", "no-fields"},
         {"words.x", "no-fields"},
         {"words[0].x", "no-fields"},
         {"injuries.site", "no-fields"},
         {"injuries[0].siet", "unknown-field"},
         {"injuries[0].site.x", "no-fields"},
         {"has(user.nam)", "unknown-field"},
         {"has(usr.name)", "unknown-name"},
         {"has(n.x)", "no-fields"},
         {"has(injuries[0].siet)", "unknown-field"}});
}

// A macro's variable hides a declared name, and an inner one an outer one; outside of the macro nothing is hidden.
TEST(Checker, ScopesVariablesOfMacros) {
  Check({{"ints.exists(s, s > 1)", "bool"},
         {"ints.exists(user, user > 1)", "bool"},
         {"ints.exists(x, user.name == \"a\")", "bool"},
         {"ints.exists(user, user.name == \"a\")", "no-fields"},
         {"ints.exists(x, words.exists(x, x == \"a\"))", "bool"},
         {"ints.exists(x, words.exists(x, x == 1))", "type-mismatch"},
         {"ints.exists(x, words.exists(y, y == \"a\") && x == 1)", "bool"},
         {"ints.exists(x, x > 1) && x", "unknown-name"},
         {"x.exists(x, x)", "unknown-name"},
         {"ints.filter(x, x > 1).all(x, x > 1)", "bool"},
         {"injuries.exists(i, i.tags.exists(t, t == i.site))", "bool"}});
}

TEST(Checker, RefusesOperandsOfTheWrongType) {
  Check({{"n && t", "type-mismatch"},
         {"t || s", "type-mismatch"},
         {"!n", "type-mismatch"},
         {"!words", "type-mismatch"},
         {"n ? 1 : 2", "type-mismatch"},
         {"t ? 1 : 2.0", "type-mismatch"},
         {"t ? 1 : \"a\"", "type-mismatch"},
         {"n == d", "type-mismatch"},
         {"n != s", "type-mismatch"},
         {"t == 1", "type-mismatch"},
         {"n == ints", "type-mismatch"},
         {"ints == words", "type-mismatch"},
         {"n < d", "type-mismatch"},
         {"words < words", "type-mismatch"},
         {"n + d", "type-mismatch"},
         {"n + s", "type-mismatch"},
         {"s + 1", "type-mismatch"},
         {"s - s", "type-mismatch"},
         {"t + f", "type-mismatch"},
         {"d % d", "type-mismatch"},
         {"dur * 2", "type-mismatch"},
         {"time + time", "type-mismatch"},
         {"dur - time", "type-mismatch"},
         {"dur < time", "type-mismatch"},
         {"ints + words", "type-mismatch"},
         {"ints + 1", "type-mismatch"},
         {"1 in words", "type-mismatch"},
         {"\"a\" in s", "type-mismatch"},
         {"\"a\" in user.name", "type-mismatch"},
         {"words in words", "type-mismatch"},
         {"-s", "no-overload"},
         {"-t", "no-overload"},
         {"-words", "no-overload"},
         {"[1, \"a\"]", "mixed-list"},
         {"[1, 2.0]", "mixed-list"},
         {"[[1], [\"a\"]]", "mixed-list"},
         {"ints[1.0]", "bad-index"},
         {"ints[\"a\"]", "bad-index"},
         {"s[0]", "bad-index"},
         {"ints.exists(x, x)", "type-mismatch"},
         {"ints.all(x, x + 1)", "type-mismatch"},
         {"ints.filter(x, \"a\")", "type-mismatch"},
         {"n.exists(x, true)", "type-mismatch"},
         {"s.map(x, x)", "type-mismatch"}});
}

TEST(Checker, KnowsFunctionsAndMethodsApart) {
  Check({{"size(s)", "int"},
         {"s.size()", "int"},
         {"words.size()", "int"},
         {"contains(s, \"a\")", "no-overload"},
         {"s.contains(\"a\")", "bool"},
         {"n.min(2)", "no-overload"},
         {"min(1)", "no-overload"},
         {"min(1, 2.0)", "no-overload"},
         {"min()", "no-overload"},
         {"size()", "no-overload"},
         {"size(1)", "no-overload"},
         {"sum(words)", "no-overload"},
         {"interpolate(1, [[0.0, 1.0]])", "no-overload"},
         {"interpolate(1.0, [[0, 1]])", "no-overload"},
         {"clamp(1, 2)", "no-overload"},
         {"clamp(1, 2, 3.0)", "no-overload"},
         {"int(\"1\")", "int"},
         {"double(\"1\")", "double"},
         {"string(words)", "no-overload"},
         {"string(dur)", "string"},
         {"getHours(time)", "no-overload"},
         {"time.getHours(1)", "no-overload"},
         {"dur.getFullYear()", "no-overload"},
         {"s.matches(\"a\")", "bool"},
         {"lower(s)", "unknown-function"},
         {"f()", "unknown-function"},
         {"exists(ints, 1, true)", "unknown-function"},
         {"user.has(s)", "not-a-value unknown-function"}});
}

TEST(Checker, HoldsLiteralsAgainstVocabularies) {
  Check({{"color == \"red\"", "bool"},
         {"\"red\" == color", "bool"},
         {"color == \"rde\"", "unknown-word"},
         {"\"rde\" == color", "unknown-word"},
         {"color != \"rde\"", "unknown-word"},
         {"color in [\"red\", \"blue\"]", "bool"},
         {"color in [\"red\", \"bleu\", \"gren\"]", "unknown-word unknown-word"},
         {"\"trout\" in food", "bool"},
         {"\"truot\" in food", "unknown-word"},
         {"food == [\"fish\", \"fsh\"]", "unknown-word"},
         {"food.exists(x, x == \"fsh\")", "unknown-word"},
         {"food.exists(x, x in [\"fish\", \"fsh\"])", "unknown-word"},
         {"food[0] == \"fsh\"", "unknown-word"},
         {"food.filter(x, true).exists(x, x == \"fsh\")", "unknown-word"},
         {"food.map(x, x)[0] == \"fsh\"", "unknown-word"},
         {"\"\" == color", "unknown-word"},
         {"s == \"anything\"", "bool"},
         {"color == s", "bool"},
         {"\"fsh\" in words", "bool"}});
}

// The design refuses a literal that its field's vocabulary lacks, wherever it meets the field.
TEST(Checker, HoldsLiteralsAgainstVocabulariesThroughConditionalsAndMacros) {
  Check({{"(t ? color : \"red\") == \"rde\"", "unknown-word"},
         {"color == (t ? \"rde\" : \"red\")", "unknown-word"},
         {"[\"fsh\"].exists(x, x in food)", "unknown-word"},
         {"\"fsh\" in food + [\"wine\"]", "unknown-word"},
         {"\"fsh\" in [\"wine\"] + food", "unknown-word"}});
}

// The design makes a comparison of unlike units an error at load; what states no unit goes with everything.
TEST(Checker, RefusesComparisonsOfUnlikeUnits) {
  const testing::ExprWorld world;
  for (const char* text :
       {"weight_kg > weight_kg", "weight_kg == user.body.mass", "weight_kg > 70.0", "weight_kg > d"}) {
    EXPECT_EQ(world.TypeOf(text), "bool") << text;
  }
  for (const char* text : {"weight_kg > weight_g", "weight_kg == height_cm", "weight_kg != height_cm",
                           "height_cm <= weight_kg", "weight_kg in [height_cm]", "min(weight_kg, height_cm) > 1.0"}) {
    EXPECT_NE(world.TypeOf(text), "bool") << text;
  }
}

TEST(Checker, RefusesComparisonsOfUnlikeVocabularies) {
  const testing::ExprWorld world;
  for (const char* text : {"color in food", "food[0] == color", "food.exists(x, x == color)"})
    EXPECT_NE(world.TypeOf(text), "bool") << text;
}

TEST(Checker, ReportsEveryMistakeOfAnExpression) {
  Check({{"x == 1 && user.nam == \"a\" && color == \"rde\" && f(1)",
          "unknown-name unknown-field unknown-word unknown-function"},
         {"x ? y : z", "unknown-name unknown-name unknown-name"},
         {"[x, 1, \"a\", y]", "unknown-name mixed-list unknown-name"},
         {"f(x, g(y))", "unknown-name unknown-name unknown-function unknown-function"},
         {"n && s && d", "type-mismatch type-mismatch"},
         {"ints.exists(x, x == \"a\" || y)", "type-mismatch unknown-name"},
         {"x[y]", "unknown-name unknown-name"},
         {"!x || !y", "unknown-name unknown-name"},
         {"(n == d) == (s == d)", "type-mismatch type-mismatch"}});
}

// What nothing determines, as the element of `[]`, takes the type of what it meets: it must not open a way around the
// checks.
TEST(Checker, EmptyListsTakeTheTypeOfWhatTheyMeet) {
  Check({{"t ? [] : [1]", "list(int)"},
         {"t ? [1] : []", "list(int)"},
         {"[[], [1]]", "list(list(int))"},
         {"[[1], []]", "list(list(int))"},
         {"[[], [1], [\"a\"]]", "mixed-list"},
         {"[[]] + [[1]]", "list(list(int))"},
         {"sum(f ? [] : words)", "no-overload"},
         {"[[], words].map(l, sum(l))", "no-overload"},
         {"([[]] + [words]).map(l, sum(l))", "no-overload"},
         {"(f ? [] : words).exists(x, x)", "type-mismatch"},
         {"(f ? [] : words)[0] + 1", "type-mismatch"}});
}

// `neg` is how the tree prints a sign; nobody may call it.
TEST(Checker, KeepsTheNamesOfOperatorsToItself) {
  Check({{"neg(1)", "unknown-function"}, {"neg(1.0)", "unknown-function"}, {"n.neg()", "unknown-function"}});
}

TEST(Checker, WantsTheTypesAskedFor) {
  const testing::ExprWorld world;
  const Type boolean = Type::Of(TypeKind::kBool), integer = Type::Of(TypeKind::kInt),
             real = Type::Of(TypeKind::kDouble);
  EXPECT_TRUE(world.Mistakes("t", {boolean}).empty());
  EXPECT_TRUE(world.Mistakes("n", {integer, real}).empty());
  EXPECT_TRUE(world.Mistakes("d", {integer, real}).empty());
  EXPECT_EQ(world.Mistakes("n", {boolean}), std::vector<std::string>{"type-mismatch: expected a bool, found a int"});
  EXPECT_EQ(world.Mistakes("s", {integer, real}),
            std::vector<std::string>{"type-mismatch: expected a int or double, found a string"});
  // An item of `[]` is of no type; it can't be what was asked for.
  EXPECT_FALSE(world.Mistakes("(f ? [] : words)[0]", {boolean}).empty());
}

}  // namespace
}  // namespace myokine
