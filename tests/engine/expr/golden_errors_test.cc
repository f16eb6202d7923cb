// What an author is told: code, message and hint of one mistake each, word by word; and of several in one expression.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "engine/expr/expression.h"
#include "gtest/gtest.h"
#include "tests/testing/expr_world.h"

namespace myokine {
namespace {

struct Case {
  std::string text;
  std::string want;  // `code: message | hint`
};

const std::vector<Case>& Cases() {
  static const std::vector<Case> cases = {
      // Lexer.
      {"s == \"abc", "open-string: string does not end | close it with `\"`"},
      {"s == 'abc", "open-string: string does not end | close it with `'`"},
      {"s == \"\"\"abc\"", "open-string: string does not end | close it with `\"\"\"`"},
      {R"(s == "a\d")", "bad-escape: unknown escape in string | write `\\\\` for a backslash"},
      {"t & f", "unknown-character: unexpected `&` | write `&&` for and"},
      {"t | f", "unknown-character: unexpected `|` | write `||` for or"},
      {"n = 7", "unknown-character: unexpected `=` | write `==` to compare"},
      {"n \u2265 7", "unknown-character: unexpected `\u2265`"},
      {"n == 7;", "unknown-character: unexpected `;` | leave it out"},
      // Parser.
      {"", "syntax: expected a value, found the end"},
      {"t &&", "syntax: expected a value, found the end"},
      {"(t", "syntax: expected `)`, found the end"},
      {"t)", "syntax: expected an operator or the end, found `)`"},
      {"t f", "syntax: expected an operator or the end, found `f`"},
      {"s \"a\"", "syntax: expected an operator or the end, found a string"},
      {"user.", "syntax: expected a field name, found the end"},
      {"[1, 2", "syntax: expected `]`, found the end"},
      {"t ? 1", "syntax: expected `:`, found the end"},
      {"not t", "syntax: `not` is no operator | write `!`"},
      {"99999999999999999999 > n", "number-range: `99999999999999999999` does not fit an int of 64 bits"},
      {"1e999 > d", "number-range: `1e999` does not fit a double"},
      {"has(n)", "bad-has: `has()` takes one field, as in `has(user.profile.age_years)`"},
      {"ints.exists(1, true)",
       "bad-macro: `exists` takes a variable and an expression | write `list.exists(x, x > 0)`"},
      {"ints.map(x)", "bad-macro: `map` takes a variable and an expression | write `list.map(x, x > 0)`"},
      {"ints.all(x, x, x)", "bad-macro: `all` takes a variable and an expression | write `list.all(x, x > 0)`"},
      // Names.
      {"usr.age > 1", "unknown-name: unknown name `usr` | did you mean `user`?"},
      {"wrods == words", "unknown-name: unknown name `wrods` | did you mean `words`?"},
      {"elephant", "unknown-name: unknown name `elephant`"},
      {"user.agee > 1", "unknown-field: `user` has no field `agee` | did you mean `age`?"},
      {"user.elephant", "unknown-field: `user` has no field `elephant`"},
      {"user.body.mas > 1.0", "unknown-field: `user.body` has no field `mas` | did you mean `mass`?"},
      {"user.body > 1.0",
       "not-a-value: `user.body` is no value of its own | use one of its fields, such as `user.body.mass`"},
      {"user == 1", "not-a-value: `user` is no value of its own | use one of its fields, such as `user.age`"},
      {"user.name.first", "no-fields: `user.name` is a string and has no field `first`"},
      {"injuries.site == \"knee\"",
       "no-fields: `injuries` is a list(Injury) and has no field `site` | look at its items with `.exists(x, ...)` or "
       "`.all(x, ...)`"},
      {"injuries[0].sitte == \"knee\"", "unknown-field: `Injury` has no field `sitte` | did you mean `site`?"},
      {"injuries.exists(i, i.lvel > 1)", "unknown-field: `Injury` has no field `lvel` | did you mean `level`?"},
      {"injuries.map(i, i.tags).site",
       "no-fields: a list(list(string)) has no field `site` | look at its items with `.exists(x, ...)` or `.all(x, "
       "...)`"},
      {"size(s).x", "no-fields: a int has no field `x`"},
      // Words.
      {"color == \"gren\"", "unknown-word: `gren` is not in the vocabulary `color` | did you mean `green`?"},
      {"color == \"purple\"", "unknown-word: `purple` is not in the vocabulary `color`"},
      {"\"Fish\" in food", "unknown-word: `Fish` is not in the vocabulary `food` | did you mean `fish`?"},
      {"color in [\"red\", \"bleu\"]", "unknown-word: `bleu` is not in the vocabulary `color` | did you mean `blue`?"},
      // Types.
      {"n > 6.5",
       "type-mismatch: no `>` between a int and a double | convert one side with `double(...)` or `int(...)`"},
      {"d > 2", "type-mismatch: no `>` between a double and a int | write `2.0`"},
      {"-1 == d", "type-mismatch: no `==` between a int and a double | write `-1.0`"},
      {"d / 2 > 1.0", "type-mismatch: no `/` between a double and a int | write `2.0`"},
      {"s == 1", "type-mismatch: no `==` between a string and a int"},
      {"n + \"a\"", "type-mismatch: no `+` between a int and a string"},
      {"ints + words", "type-mismatch: no `+` between a list(int) and a list(string)"},
      {"n && t", "type-mismatch: expected a bool, found a int | compare it with something"},
      {"words || t", "type-mismatch: expected a bool, found a list(string)"},
      {"!s", "type-mismatch: expected a bool, found a string | compare it with something"},
      {"n ? 1 : 2", "type-mismatch: expected a bool, found a int | compare it with something"},
      {"t ? 1 : \"a\"", "type-mismatch: the branches of `?:` are a int and a string"},
      {"\"a\" in s", "type-mismatch: `in` looks into a list or a map, not a string"},
      {"1 in words", "type-mismatch: a list(string) never holds a int"},
      {"n.exists(x, true)", "type-mismatch: `exists` goes over a list or the keys of a map, not a int"},
      {"ints.filter(x, x)", "type-mismatch: expected a bool, found a int | compare it with something"},
      {"[1, \"a\"]", "mixed-list: a list of int can't hold a string"},
      {"s[0]", "bad-index: can't index a string by a int"},
      {"ints[\"a\"]", "bad-index: can't index a list(int) by a string"},
      // Functions.
      {"sise(s)", "unknown-function: unknown function `sise` | did you mean `size`?"},
      {"s.startswith(\"a\")", "unknown-function: unknown function `startswith` | did you mean `startsWith`?"},
      {"time.getHour()", "unknown-function: unknown function `getHour` | did you mean `getHours`?"},
      {"elephant(1)", "unknown-function: unknown function `elephant`"},
      {"size(1)",
       "no-overload: `size` does not take (int) | it is size(string); string.size(); size(list(any)); "
       "list(any).size(); size(map(any, any)); map(any, any).size()"},
      {"interpolate(1, [[0.0, 1.0]])",
       "no-overload: `interpolate` does not take (int, list(list(double))) | it is interpolate(double, "
       "list(list(double)))"},
      {"-s", "no-overload: `-` does not take (string) | it is -int; -double"},
      {"clamp(1)",
       "no-overload: `clamp` does not take (int) | it is clamp(int, int, int); clamp(double, double, double)"},
      {"contains(s, s)", "no-overload: `contains` does not take (string, string) | it is string.contains(string)"},
      // Maps and reserved words.
      {"{\"a\": 1, \"b\": true}", "mixed-list: a map with values of int can't hold a bool"},
      {"{\"a\": 1, 2: 1}", "mixed-list: a map with keys of string can't hold a int"},
      {"{1.5: 1}", "bad-key: a double can't be a key | keys are bools, ints or strings"},
      {"{\"a\": 1", "syntax: expected `}`, found the end"},
      {"{\"a\"}", "syntax: expected `:`, found `}`"},
      {"table.a == \"x\"", "type-mismatch: no `==` between a int and a string"},
      {"table[1]", "bad-index: can't index a map(string, int) by a int"},
      {"1 in table", "type-mismatch: a map(string, int) never holds a int"},
      {"{1: 2}.a", "no-fields: a map(int, int) has no field `a`"},
      {"if (t)", "reserved-word: `if` is a reserved word | use another name"},
      {"s.for()", "reserved-word: `for` is a reserved word | use another name"},
      {"user.name == null", "no-null: there is no `null` | ask `has(...)` whether a fact is known"},
      {"user.in", "syntax: expected a field name, found `in`"},
      {"s == `abc`", "syntax: expected a value, found `abc`"},
      {"s.`a+b`",
       "bad-name: a quoted name is made of letters, digits, `_`, `-`, `.`, `/` and blanks, up to a backtick\n"
       "bad-name: a quoted name is made of letters, digits, `_`, `-`, `.`, `/` and blanks, up to a backtick"},
      // Ranges, units and literals that can't be read.
      {"years > 200", "out-of-range: `200` is outside the range of `years` | it is 0 to 120"},
      {"-1 <= years", "out-of-range: `-1` is outside the range of `years` | it is 0 to 120"},
      {"years in [10, 130]", "out-of-range: `130` is outside the range of `years` | it is 0 to 120"},
      {"years > 65.0",
       "type-mismatch: no `>` between a int and a double | convert one side with `double(...)` or `int(...)`"},
      {"weight_kg > 70", "type-mismatch: no `>` between a double and a int | write `70.0`"},
      {"weight_kg > height_cm",
       "unit-mismatch: one side is in `kg`, the other in `cm` | convert one of them in a variable that states its "
       "unit"},
      {"weight_kg + weight_g > 1.0",
       "unit-mismatch: one side is in `kg`, the other in `g` | convert one of them in a variable that states its unit"},
      {"weight_kg / height_cm > weight_kg",
       "unit-mismatch: one side is in `kg/cm`, the other in `kg` | convert one of them in a variable that states its "
       "unit"},
      {"weight_kg * 2.0 > weight_g",
       "unit-mismatch: one side is in `kg`, the other in `g` | convert one of them in a variable that states its unit"},
      {"max(weight_kg, height_cm) > 1.0",
       "unit-mismatch: one side is in `kg`, the other in `cm` | convert one of them in a variable that states its "
       "unit"},
      {"(t ? weight_kg : height_cm) > 1.0",
       "unit-mismatch: one side is in `kg`, the other in `cm` | convert one of them in a variable that states its "
       "unit"},
      {"[weight_kg, height_cm].exists(x, x > 1.0)",
       "unit-mismatch: one side is in `cm`, the other in `kg` | convert one of them in a variable that states its "
       "unit"},
      {"duration(\"2d\") > dur", "bad-duration: `2d`: not a duration, such as `48h` or `90s`"},
      {"duration(\"9999999h\") > dur", "bad-duration: `9999999h`: duration out of range: at most 292 years"},
      {"time < timestamp(\"2026-01-15\")",
       "bad-timestamp: `2026-01-15`: not an RFC 3339 time, such as `2026-01-15T09:00:00Z`"},
      {"time < timestamp(\"10000-01-01T00:00:00Z\")",
       "bad-timestamp: `10000-01-01T00:00:00Z`: timestamp out of range: only years 1 to 9999"},
      {"time.getHours(\"Asia/Tokio\") > 3",
       "bad-time-zone: unknown time zone `Asia/Tokio` | write it as `Asia/Tokyo` or `+09:00`"},
      {"s.matches(\"(a\")", "bad-pattern: `(a`: not a pattern: missing ): (a | patterns are written as RE2 has them"},
      {"s.matches(n)",
       "no-overload: `matches` does not take (string, int) | it is string.matches(string); "
       "matches(string, string)"},
      {"color in {\"gren\": 1}", "unknown-word: `gren` is not in the vocabulary `color` | did you mean `green`?"},
      {"{\"gren\": 1}[color] > 0", "unknown-word: `gren` is not in the vocabulary `color` | did you mean `green`?"},
      {"{130: 1}[years] > 0", "out-of-range: `130` is outside the range of `years` | it is 0 to 120"},
      {"t + t", "type-mismatch: no `+` between a bool and a bool"},
      {"d % 2.0", "type-mismatch: no `%` between a double and a double"},
      {"-t", "no-overload: `-` does not take (bool) | it is -int; -double"},
  };
  return cases;
}

TEST(GoldenErrors, SayWhatIsWrongAndHowToMendIt) {
  const testing::ExprWorld world;
  EXPECT_GE(Cases().size(), 80u);
  for (const Case& c : Cases()) EXPECT_EQ(absl::StrJoin(world.Mistakes(c.text), "\n"), c.want) << "text: " << c.text;
}

// The style of messages: lower case, no full stop, the author's text in backticks.
TEST(GoldenErrors, KeepToTheStyle) {
  const testing::ExprWorld world;
  for (const Case& c : Cases()) {
    for (const std::string& mistake : world.Mistakes(c.text)) {
      const std::string message = mistake.substr(mistake.find(": ") + 2);
      EXPECT_FALSE(message.empty()) << c.text;
      EXPECT_FALSE(message[0] >= 'A' && message[0] <= 'Z') << mistake;
      EXPECT_NE(message.back(), '.') << mistake;
      EXPECT_EQ(std::count(mistake.begin(), mistake.end(), '\n'), 0) << mistake;
    }
  }
}

TEST(GoldenErrors, AllMistakesOfAnExpressionComeAtOnce) {
  const testing::ExprWorld world;
  EXPECT_EQ(
      world.Mistakes("user.agee > 65 && color == \"gren\" || sise(s) > wrods || n == 1.5"),
      (std::vector<std::string>{
          "unknown-field: `user` has no field `agee` | did you mean `age`?",
          "unknown-word: `gren` is not in the vocabulary `color` | did you mean `green`?",
          "unknown-function: unknown function `sise` | did you mean `size`?",
          "unknown-name: unknown name `wrods` | did you mean `words`?",
          "type-mismatch: no `==` between a int and a double | convert one side with `double(...)` or `int(...)`"}));
  EXPECT_EQ(world.Mistakes("color in [\"gren\", \"red\", \"bleu\"]"),
            (std::vector<std::string>{"unknown-word: `gren` is not in the vocabulary `color` | did you mean `green`?",
                                      "unknown-word: `bleu` is not in the vocabulary `color` | did you mean `blue`?"}));
  EXPECT_EQ(world.Mistakes("t & f | n = 7").size(), 3u);
}

TEST(GoldenErrors, EachMistakePointsAtItsPlace) {
  const testing::ExprWorld world;
  const std::string text = "user.agee > 65 && color == \"gren\" || sise(s) > 1";
  std::vector<ExprMistake> mistakes;
  Expression::Compile(text, world.scope(), {Type()}, mistakes);
  std::vector<std::string> slices;
  for (const ExprMistake& m : mistakes)
    slices.push_back(text.substr(static_cast<size_t>(m.span.begin), static_cast<size_t>(m.span.end - m.span.begin)));
  EXPECT_EQ(slices, (std::vector<std::string>{"user.agee", "\"gren\"", "sise(s)"}));
}

TEST(GoldenErrors, ReportPutsTheCaretUnderTheMistake) {
  const testing::ExprWorld world;
  const std::string text = "t && user.agee > 65";
  std::vector<ExprMistake> mistakes;
  Expression::Compile(text, world.scope(), {Type()}, mistakes);
  Issues plain, quoted, folded;
  Report(mistakes, text, {"a.yaml", 4, 9}, "  when: " + text, plain);
  Report(mistakes, text, {"a.yaml", 4, 9}, "  when: '" + text + "'", quoted);
  Report(mistakes, text, {"a.yaml", 4, 9}, "  when: >-", folded);
  ASSERT_EQ(plain.size(), 1u);
  EXPECT_EQ(ToString(plain.list()[0]),
            "a.yaml:4:14: `user` has no field `agee` [unknown-field]\n"
            "    4 |   when: t && user.agee > 65\n"
            "      |              ^\n"
            "  hint: did you mean `age`?");
  EXPECT_EQ(quoted.list()[0].at.column, 15);
  EXPECT_EQ(folded.list()[0].at.column, 9);
  Issues unplaced;
  Report(mistakes, text, {}, "", unplaced);
  EXPECT_EQ(ToString(unplaced.list()[0]), "`user` has no field `agee` [unknown-field]\n  hint: did you mean `age`?");
}

TEST(GoldenErrors, LengthIsNoReasonToFail) {
  const testing::ExprWorld world;
  const std::string name(3000, 'x');
  EXPECT_EQ(world.Mistakes(name), std::vector<std::string>{"unknown-name: unknown name `" + name + "`"});
  std::string chain = "user";
  for (int i = 0; i < 250; ++i) chain += ".xyz";
  EXPECT_EQ(world.Mistakes(chain), std::vector<std::string>{"unknown-field: `user` has no field `xyz`"});
}

}  // namespace
}  // namespace myokine
