// Values, three-valued: truth tables, unknowns and their facts, partial lists, words that are possible.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/expr_world.h"

namespace myokine {
namespace {

struct Case {
  std::string text;
  std::string want;
};

void Check(const std::vector<Case>& cases) {
  testing::ExprWorld world;
  for (const Case& c : cases) EXPECT_EQ(world.Eval(c.text), c.want) << "text: " << c.text;
}

TEST(Evaluator, AndHasItsWholeTruthTable) {
  Check({{"t && t", "true"},
         {"t && f", "false"},
         {"t && u", "unknown(u)"},
         {"t && e", "error(e failed)"},
         {"f && t", "false"},
         {"f && f", "false"},
         {"f && u", "false"},
         {"f && e", "false"},
         {"u && t", "unknown(u)"},
         {"u && f", "false"},
         {"u && u2", "unknown(u u2)"},
         {"u && e", "unknown(u)"},
         {"e && t", "error(e failed)"},
         {"e && f", "false"},
         {"e && u", "unknown(u)"},
         {"e && e2", "error(e failed)"},
         {"u && u", "unknown(u)"},
         {"u2 && u", "unknown(u u2)"}});
}

TEST(Evaluator, OrHasItsWholeTruthTable) {
  Check({{"t || t", "true"},
         {"t || f", "true"},
         {"t || u", "true"},
         {"t || e", "true"},
         {"f || t", "true"},
         {"f || f", "false"},
         {"f || u", "unknown(u)"},
         {"f || e", "error(e failed)"},
         {"u || t", "true"},
         {"u || f", "unknown(u)"},
         {"u || u2", "unknown(u u2)"},
         {"u || e", "unknown(u)"},
         {"e || t", "true"},
         {"e || f", "error(e failed)"},
         {"e || u", "unknown(u)"},
         {"e || e2", "error(e failed)"},
         {"u || u", "unknown(u)"},
         {"u2 || u", "unknown(u u2)"}});
}

TEST(Evaluator, NotAndConditionalsCarryWhatIsNotKnown) {
  Check({{"!t", "false"},
         {"!f", "true"},
         {"!u", "unknown(u)"},
         {"!e", "error(e failed)"},
         {"t ? 1 : ne", "1"},
         {"f ? ne : 1", "1"},
         {"t ? ne : 1", "error(ne failed)"},
         {"f ? 1 : nu", "unknown(nu)"},
         {"u ? 1 : 1", "unknown(u)"},
         {"e ? 1 : 1", "error(e failed)"},
         {"u ? nu : ne", "unknown(u)"}});
}

// Whatever the nesting, && and || follow De Morgan's laws, three-valued and with errors.
TEST(Evaluator, FollowsDeMorgan) {
  testing::ExprWorld world;
  for (const char* a : {"t", "f", "u", "e", "u2"}) {
    for (const char* b : {"t", "f", "u", "e", "u2"}) {
      EXPECT_EQ(world.Eval(absl::StrCat("!(", a, " && ", b, ")")), world.Eval(absl::StrCat("!", a, " || !", b)))
          << a << " " << b;
      EXPECT_EQ(world.Eval(absl::StrCat("!(", a, " || ", b, ")")), world.Eval(absl::StrCat("!", a, " && !", b)))
          << a << " " << b;
      for (const char* c : {"t", "f", "u", "e"}) {
        EXPECT_EQ(world.Eval(absl::StrCat("(", a, " && ", b, ") && ", c)),
                  world.Eval(absl::StrCat(a, " && (", b, " && ", c, ")")))
            << a << b << c;
        EXPECT_EQ(world.Eval(absl::StrCat("(", a, " || ", b, ") || ", c)),
                  world.Eval(absl::StrCat(a, " || (", b, " || ", c, ")")))
            << a << b << c;
      }
    }
  }
}

TEST(Evaluator, FunctionsMergeUnknownsAndPreferThemToErrors) {
  Check({{"nu + 1", "unknown(nu)"},
         {"nu + nu", "unknown(nu)"},
         {"nu == 1 && u", "unknown(u nu)"},
         {"size(su) == nu", "unknown(nu su)"},
         {"nu + ne", "unknown(nu)"},
         {"ne + nu", "unknown(nu)"},
         {"ne + 1/0", "error(ne failed)"},
         {"1/0 + ne", "error(division by zero)"},
         {"nu == ne", "unknown(nu)"},
         {"ne != 1", "error(ne failed)"},
         {"clamp(nu, 1, int(du))", "unknown(nu du)"},
         {"-nu", "unknown(nu)"},
         {"su + \"a\"", "unknown(su)"}});
}

TEST(Evaluator, ComparesForEquality) {
  Check({{"n == 7", "true"},
         {"n != 7", "false"},
         {"d == 2.5", "true"},
         {"s == \"h\u00e9llo\"", "true"},
         {"t == f", "false"},
         {"dur == duration(\"1h30m\")", "true"},
         {"time == timestamp(\"2026-01-15T18:30:00+09:00\")", "true"},
         {"[1, 2] == [1, 2]", "true"},
         {"[1, 2] == [2, 1]", "false"},
         {"[1] == [1, 1]", "false"},
         {"[] == []", "true"},
         {"[] == [1]", "false"},
         {"[[1], []] == [[1], []]", "true"},
         {"words != [\"a\"]", "true"},
         {"injuries[0] == injuries[0]", "true"},
         {"nan == nan", "false"},
         {"nan != nan", "true"},
         {"nan == 1.0", "false"},
         {"[nan] == [nan]", "false"},
         {"0.0 == -0.0", "true"},
         {"inf == inf", "true"}});
}

TEST(Evaluator, IndexesLists) {
  Check({{"ints[0]", "1"},
         {"ints[2]", "3"},
         {"ints[3]", "error(index out of range)"},
         {"ints[-1]", "error(index out of range)"},
         {"ints[9223372036854775807]", "error(index out of range)"},
         {"ints_part[1]", "2"},
         {"ints_part[2]", "unknown(ints_part)"},
         {"ints_part[-1]", "error(index out of range)"},
         {"ints_hole[0]", "1"},
         {"ints_hole[1]", "unknown(ints_hole)"},
         {"none[0]", "error(index out of range)"},
         {"none_part[0]", "unknown(none_part)"},
         {"lu[0]", "unknown(lu)"},
         {"ints[nu]", "unknown(nu)"},
         {"ints[ne]", "error(ne failed)"},
         {"[1, 1/0][0]", "1"},
         {"[1, 1/0][1]", "error(division by zero)"},
         {"injuries[0].tags[0]", "\"old\""}});
}

// "Unknown beats error", and the facts of all unknowns are merged: for an index as for any other operation.
TEST(Evaluator, IndexingMergesUnknownsAndPrefersThemToErrors) {
  Check({{"lu[nu]", "unknown(nu lu)"}, {"lu[ne]", "unknown(lu)"}, {"[1].map(x, x / 0)[nu]", "unknown(nu)"}});
}

TEST(Evaluator, LooksIntoCompleteLists) {
  Check({{"1 in ints", "true"},
         {"4 in ints", "false"},
         {"\"a\" in words", "true"},
         {"\"c\" in words", "false"},
         {"\"a\" in []", "false"},
         {"[1] in [[1], [2]]", "true"},
         {"nan in [nan]", "false"},
         {"1 in ints_hole", "true"},
         {"4 in ints_hole", "unknown(ints_hole)"},
         {"1 in [1/0, 1]", "true"},
         {"2 in [1/0, 1]", "error(division by zero)"},
         {"2 in [1/0, nu]", "unknown(nu)"},
         {"nu in ints", "unknown(nu)"},
         {"ne in ints", "error(ne failed)"},
         {"su in lu", "unknown(su lu)"},
         {"\"a\" in lu", "unknown(lu)"}});
}

TEST(Evaluator, LooksIntoPartialLists) {
  Check({{"\"a\" in part", "true"},
         {"\"c\" in part", "unknown(part)"},
         {"!(\"c\" in part)", "unknown(part)"},
         {"\"a\" in none_part", "unknown(none_part)"},
         {"\"c\" in part && f", "false"},
         {"\"c\" in part || t", "true"},
         {"1/0 in ints_part", "error(division by zero)"},
         {"part == [\"a\", \"b\"]", "unknown(part)"},
         {"part != part", "unknown(part)"},
         {"size(part)", "unknown(part)"},
         {"part.size() > 5", "unknown(part)"},
         {"sum(ints_part)", "unknown(ints_part)"},
         {"min(ints_part)", "unknown(ints_part)"},
         {"max(ints_part)", "unknown(ints_part)"},
         {"ints_part + [3]", "[1, 2, 3, ...]"},
         {"ints_part + ints_hole", "[1, 2, 1, unknown(1 facts), 3, ...]"},
         {"3 in ints_part + [3]", "true"},
         {"(ints_part + [3])[2]", "unknown(ints_part)"},
         {"([3] + ints_part)[1]", "1"},
         {"(food + [\"wine\"])[2]", "unknown(food)"},
         {"size(food)", "unknown(food)"},
         {"food == [\"fish\", \"food\"]", "unknown(food)"},
         {"table.a", "1"},
         {"table.b", "unknown(table)"},
         {"table == {\"a\": 1}", "unknown(table)"},
         {"has(table.b) && !has(table.c)", "true"},
         {"\"b\" in table", "true"},
         {"table.exists(k, table[k] == 1)", "true"},
         {"table.all(k, table[k] == 1)", "unknown(table)"},
         {"{su: 1}[\"a\"]", "unknown(su)"},
         {"{1: nu, 2: n}[2]", "7"},
         {"table.c", "error(no such key)"},
         {"has({su: 1}.a)", "unknown(su)"},
         {"string(0.0 / 0.0)", "\"nan\""},
         {"sum(ints_hole)", "unknown(ints_hole)"},
         {"sum(ints)", "6"},
         {"size(none)", "0"},
         {"size(none_part)", "unknown(none_part)"}});
}

TEST(Evaluator, QuantifiesOverPartialLists) {
  Check({{"ints.exists(x, x == 2)", "true"},
         {"ints.exists(x, x == 4)", "false"},
         {"ints.all(x, x > 0)", "true"},
         {"ints.all(x, x > 1)", "false"},
         {"none.exists(x, true)", "false"},
         {"none.all(x, false)", "true"},
         {"ints_part.exists(x, x == 2)", "true"},
         {"ints_part.exists(x, x == 4)", "unknown(ints_part)"},
         {"ints_part.all(x, x > 1)", "false"},
         {"ints_part.all(x, x > 0)", "unknown(ints_part)"},
         {"none_part.exists(x, true)", "unknown(none_part)"},
         {"none_part.all(x, false)", "unknown(none_part)"},
         {"lu.exists(x, true)", "unknown(lu)"},
         {"lu.all(x, true)", "unknown(lu)"},
         {"ints_hole.exists(x, x == 3)", "true"},
         {"ints_hole.exists(x, x == 4)", "unknown(ints_hole)"},
         {"ints_hole.all(x, x < 3)", "false"},
         {"ints.exists(x, x == 3 || u)", "true"},
         {"ints.exists(x, x == 4 || u)", "unknown(u)"},
         {"ints.exists(x, x == 4 || e)", "error(e failed)"},
         {"ints.exists(x, 1 / (x - 1) > 0)", "true"},
         {"ints.all(x, 1 / (x - 1) > 5)", "false"},
         {"ints.all(x, 1 / (x - 1) >= 0)", "error(division by zero)"},
         {"ints_part.exists(x, e)", "unknown(ints_part)"},
         {"ints_part.exists(x, u)", "unknown(u ints_part)"},
         {"ints.exists(x, x == 1 && u || x == 2 && u2)", "unknown(u u2)"},
         {"(1/0 == 1 ? ints : ints).exists(x, true)", "error(division by zero)"},
         {"injuries.exists(i, i.site == \"knee\" && i.level > 2)", "true"},
         {"injuries.exists(i, i.level > 5)", "unknown(injuries)"},
         {"injuries_part.exists(i, i.site == \"back\")", "unknown(injuries_part)"},
         {"injuries_part.all(i, i.site == \"back\")", "false"}});
}

TEST(Evaluator, CountsExactlyOne) {
  Check({{"ints.exists_one(x, x == 2)", "true"},
         {"ints.exists_one(x, x > 1)", "false"},
         {"ints.exists_one(x, x > 5)", "false"},
         {"none.exists_one(x, true)", "false"},
         {"ints_part.exists_one(x, x == 1)", "unknown(ints_part)"},
         {"ints_part.exists_one(x, x > 0)", "false"},
         {"ints_part.exists_one(x, x > 5)", "unknown(ints_part)"},
         {"ints.exists_one(x, x == 2 || u)", "unknown(u)"},
         {"ints.exists_one(x, 1 / (x - 1) == 1)", "error(division by zero)"},
         {"ints.exists_one(x, x == 1 ? e : u)", "unknown(u)"},
         {"lu.exists_one(x, true)", "unknown(lu)"}});
}

// An error in what is known does not hide that there is more which is not known.
TEST(Evaluator, CountingPrefersUnknownToErrors) { Check({{"ints_part.exists_one(x, e)", "unknown(ints_part)"}}); }

TEST(Evaluator, FiltersAndMaps) {
  Check({{"ints.filter(x, x > 1)", "[2, 3]"},
         {"ints.map(x, x * x)", "[1, 4, 9]"},
         {"none.map(x, 1)", "[]"},
         {"ints_part.filter(x, x > 1)", "[2, ...]"},
         {"ints_part.map(x, x + 1)", "[2, 3, ...]"},
         {"none_part.filter(x, true)", "[...]"},
         {"sum(ints_part.map(x, x))", "unknown(ints_part)"},
         {"size(part.filter(x, x == \"c\"))", "unknown(part)"},
         {"2 in ints_part.filter(x, x > 1)", "true"},
         {"9 in ints_part.filter(x, x > 1)", "unknown(ints_part)"},
         {"ints.filter(x, u)", "unknown(u)"},
         {"ints.filter(x, x > 1 || u)", "unknown(u)"},
         {"ints.map(x, x == 1 ? nu : x)", "unknown(nu)"},
         {"ints.map(x, 1 / (x - 1))", "error(division by zero)"},
         {"ints.map(x, x == 1 ? nu : 1 / 0)", "unknown(nu)"},
         {"lu.filter(x, true)", "unknown(lu)"},
         {"lu.map(x, x)", "unknown(lu)"},
         {"ints.filter(x, x > 1).map(x, x * 2).exists(x, x == 6)", "true"},
         {"ints.map(x, ints.filter(y, y <= x))", "[[1], [1, 2], [1, 2, 3]]"},
         {"ints.all(x, ints.exists(y, y == x))", "true"},
         {"ints.map(x, words.exists(x, x == \"a\") ? x : 0)", "[1, 2, 3]"},
         {"injuries.filter(i, i.site == \"knee\").map(i, i.level)", "[3]"}});
}

TEST(Evaluator, AsksForPresence) {
  Check({{"has(user.name)", "true"},
         {"has(user.age)", "false"},
         {"has(user.body)", "true"},
         {"has(user.body.none)", "false"},
         {"has(user.body.none.x)", "false"},
         {"has(injuries[0].level)", "true"},
         {"has(injuries[1].level)", "false"},
         {"injuries.exists(i, !has(i.level))", "true"},
         {"has(injuries_part[1].level)", "false"},
         {"has(injuries[5].level)", "error(index out of range)"},
         {"!has(user.age) || user.age > 65", "true"},
         {"has(user.age) && user.age > 65", "false"}});
}

TEST(Evaluator, TakesPossibleWordsAsUnknown) {
  Check({{"\"fish\" in food", "true"},
         {"\"food\" in food", "true"},
         {"\"trout\" in food", "unknown(food)"},
         {"\"meat\" in food", "false"},
         {"\"meat\" in food_part", "unknown(food_part)"},
         {"\"trout\" in food_part", "unknown(food_part)"},
         {"!(\"trout\" in food)", "unknown(food)"},
         {"food.filter(x, x == \"fish\")", "[\"fish\"]"},
         {"\"trout\" in food.filter(x, true)", "unknown(food)"}});
}

// `exists` and `all` say the same as `in`: a narrower word that nobody ruled out is not false.
TEST(Evaluator, QuantifiersSeePossibleWords) {
  Check({{"food.exists(x, x == \"trout\")", "unknown(food)"},
         {"food.exists(x, x in [\"trout\", \"wine\"])", "unknown(food)"},
         {"!food.exists(x, x in [\"trout\", \"wine\"])", "unknown(food)"},
         {"food.all(x, x != \"trout\")", "unknown(food)"},
         {"food.exists(x, x == \"meat\")", "false"},
         {"food.exists(x, x == \"fish\")", "true"},
         {"food.all(x, x != \"meat\")", "true"},
         {"food.all(x, x != \"fish\")", "false"}});
}

TEST(Evaluator, ExistsOneSeesPossibleWords) {
  Check({{"food.exists_one(x, x == \"trout\")", "unknown(food)"},
         {"food.exists_one(x, x == \"fish\")", "true"},
         {"food.exists_one(x, x in [\"fish\", \"trout\"])", "unknown(food)"}});
}

// A list that is made of another one keeps what may be in it.
TEST(Evaluator, DerivedListsKeepPossibleWords) {
  Check({{"\"trout\" in food + [\"wine\"]", "unknown(food)"},
         {"\"trout\" in [\"wine\"] + food", "unknown(food)"},
         {"\"wine\" in food + [\"wine\"]", "true"},
         {"\"meat\" in food + [\"wine\"]", "false"},
         {"\"trout\" in food.map(x, x)", "unknown(food)"},
         {"\"xtrout\" in food.map(x, \"x\" + x)", "unknown(food)"},
         {"true in food.map(x, x == \"trout\")", "unknown(food)"},
         {"\"trout\" in food.filter(x, x != \"trout\")", "false"}});
}

// What is not known stays so however deep it stands.
TEST(Evaluator, SeesUnknownsInNestedLists) {
  Check({{"[[nu]] == [[1]]", "unknown(nu)"},
         {"[[nu]] != [[1]]", "unknown(nu)"},
         {"[[ne]] == [[1]]", "error(ne failed)"},
         {"[nu] in [[1]]", "unknown(nu)"},
         {"[1] in [[nu]]", "unknown(nu)"},
         {"[part] == [part]", "unknown(part)"},
         {"part in [[\"a\"]]", "unknown(part)"},
         {"[\"a\"] in [part]", "unknown(part)"},
         {"injuries[1] == injuries[0]", "unknown(injuries)"},
         {"injuries[1] in injuries", "unknown(injuries)"}});
}

TEST(Evaluator, SeesUnknownsInPointsOfCurves) {
  Check({{"interpolate(1.0, [[0.0, 1.0], [2.0, du]])", "unknown(du)"},
         {"interpolate(1.0, [[0.0, 1.0], [2.0, de]])", "error(de failed)"},
         {"interpolate(1.0, [[0.0, double(1/0)]])", "error(division by zero)"}});
}

TEST(Evaluator, EvaluatesOneExpressionManyTimesToTheSame) {
  testing::ExprWorld world;
  std::vector<ExprMistake> mistakes;
  const auto expression =
      Expression::Compile("ints.map(x, string(x) + s) + [su + \"b\"]", world.scope(), {Type()}, mistakes);
  ASSERT_NE(expression, nullptr);
  const std::string first = ToString(expression->Evaluate(world.activation()));
  for (int i = 0; i < 10; ++i) EXPECT_EQ(ToString(expression->Evaluate(world.activation())), first);
}

}  // namespace
}  // namespace myokine
