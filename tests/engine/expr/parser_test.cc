// Syntax trees, printed with every operation in parentheses; precedence, macros, depth, and what is no expression.
#include "engine/expr/parser.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/expr/limits.h"
#include "gtest/gtest.h"

namespace myokine {
namespace {

struct Case {
  std::string text;
  std::string want;
};

std::string Tree(const std::string& text) {
  std::vector<ExprMistake> mistakes;
  const std::unique_ptr<Node> node = Parse(text, mistakes);
  EXPECT_EQ(node == nullptr, !mistakes.empty()) << text;
  if (node != nullptr) return ToString(*node);
  std::string all;
  for (const ExprMistake& mistake : mistakes)
    absl::StrAppend(&all, all.empty() ? "" : "; ", mistake.code, ": ", mistake.message);
  return all;
}

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(Tree(c.text), c.want) << "text: " << c.text;
}

std::string Repeat(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

TEST(Parser, ReadsLiterals) {
  Check({{"true", "true"},
         {"false", "false"},
         {"0", "0"},
         {"007", "7"},
         {"9223372036854775807", "9223372036854775807"},
         {"-9223372036854775808", "-9223372036854775808"},
         {"- 5", "-5"},
         {"0x1F", "31"},
         {"-0x10", "-16"},
         {"0x7fffffffffffffff", "9223372036854775807"},
         {"-0x8000000000000000", "-9223372036854775808"},
         {"1.5", "1.5d"},
         {"1.0", "1d"},
         {".5", "0.5d"},
         {"-2.50", "-2.5d"},
         {"1e3", "1000d"},
         {"1.7976931348623157e308", "1.7976931348623157e+308d"},
         {"\"a\\n\"", "\"a\\n\""},
         {"'caf\u00e9'", "\"caf\u00e9\""},
         {"[]", "(list)"},
         {"[1, [2, 3], \"a\"]", "(list 1 (list 2 3) \"a\")"},
         {"[1, 2,]", "(list 1 2)"}});
}

TEST(Parser, BindsOperatorsByStrength) {
  Check({{"a || b && c", "(|| a (&& b c))"},
         {"a && b || c && d", "(|| (&& a b) (&& c d))"},
         {"a || b || c", "(|| (|| a b) c)"},
         {"a && b == c", "(&& a (== b c))"},
         {"a == b + c", "(== a (+ b c))"},
         {"a + b * c", "(+ a (* b c))"},
         {"a * b + c", "(+ (* a b) c)"},
         {"a - b - c", "(- (- a b) c)"},
         {"a / b * c % d", "(% (* (/ a b) c) d)"},
         {"a < b == c", "(== (< a b) c)"},
         {"a in b && c", "(&& (in a b) c)"},
         {"a + 1 in b", "(in (+ a 1) b)"},
         {"!a && b", "(&& (! a) b)"},
         {"!a.b", "(! a.b)"},
         {"!(a && b)", "(! (&& a b))"},
         {"!!a", "(! (! a))"},
         {"-a + b", "(+ (neg a) b)"},
         {"-a.b", "(neg a.b)"},
         {"--a", "(neg (neg a))"},
         {"--1", "(neg -1)"},
         {"1 - -1", "(- 1 -1)"},
         {"1 -1", "(- 1 1)"},
         {"a -1", "(- a 1)"},
         {"!-1", "(! -1)"},
         {"-1 * 2", "(* -1 2)"},
         {"-(1)", "(neg 1)"},
         {"(a + b) * c", "(* (+ a b) c)"},
         {"((a))", "a"},
         {"a >= b", "(>= a b)"},
         {"a != b", "(!= a b)"},
         {"a <= b", "(<= a b)"},
         {"a > b", "(> a b)"}});
}

TEST(Parser, ReadsConditionals) {
  Check({{"a ? b : c", "(?: a b c)"},
         {"a ? b : c ? d : e", "(?: a b (?: c d e))"},
         {"a ? (b ? c : d) : e", "(?: a (?: b c d) e)"},
         {"a || b ? c : d", "(?: (|| a b) c d)"},
         {"a ? b : c || d", "(?: a b (|| c d))"},
         {"[a ? 1 : 2]", "(list (?: a 1 2))"},
         {"a ? b ? c : d : e", "syntax: expected `:`, found `?`"},
         {"a ? b", "syntax: expected `:`, found the end"},
         {"a ? : b", "syntax: expected a value, found `:`"}});
}

TEST(Parser, ReadsMembersIndicesAndCalls) {
  Check({{"a.b.c", "a.b.c"},
         {"a [0] . b", "(index a 0).b"},
         {"a[b[1]]", "(index a (index b 1))"},
         {"f()", "(f)"},
         {"f(a, b + 1)", "(f a (+ b 1))"},
         {"a.f()", "(f a)"},
         {"a.b.f(c).g(d)", "(g (f a.b c) d)"},
         {"(a + b).f()", "(f (+ a b))"},
         {"\"a\".size()", "(size \"a\")"},
         {"[1].size()", "(size (list 1))"},
         {"-1.f()", "(f -1)"},
         {"a\n  .b\n  .c", "a.b.c"},
         {"a // comment\n && b", "(&& a b)"}});
}

TEST(Parser, ReadsMacros) {
  Check({{"has(a.b)", "(has a.b)"},
         {"has(a[0].b)", "(has (index a 0).b)"},
         {"has((a.b))", "(has a.b)"},
         {"l.exists(x, x > 0)", "(exists x l (> x 0))"},
         {"l.all(x, x.b)", "(all x l x.b)"},
         {"a.l.exists_one(x, x)", "(exists_one x a.l x)"},
         {"l.filter(x, x).map(y, y + 1)", "(map y (filter x l x) (+ y 1))"},
         {"l.map(x, x > 0, x + 1)", "(map x (filter x l (> x 0)) (+ x 1))"},
         {"{}", "(map)"},
         {"{\"a\": 1, \"b\": 2,}", "(map \"a\" 1 \"b\" 2)"},
         {".a.b", ".a.b"},
         {"a.while", "a.while"},
         {"a.`b-c d`", "a.b-c d"},
         {"l.exists(x, m.all(y, x == y))", "(exists x l (all y m (== x y)))"},
         {"exists(l, x, x)", "(exists l x x)"},  // no receiver: a call, which the checker refuses
         {"a.has(b)", "(has a b)"}});
  for (const char* macro : {"exists", "all", "exists_one", "filter", "map"}) {
    for (const char* args : {"", "x", "x, y, z", "1, x", "a.b, x", "\"x\", x", "true, x", "x + 1, x"}) {
      const std::string text = absl::StrCat("l.", macro, "(", args, ")");
      if (text == "l.map(x, y, z)") continue;  // map(x, condition, value)
      EXPECT_EQ(Tree(text), absl::StrCat("bad-macro: `", macro, "` takes a variable and an expression")) << text;
    }
  }
  for (const char* args : {"", "a", "1", "a.b, c.d", "a[0]", "f()", "a.b + 1"}) {
    const std::string text = absl::StrCat("has(", args, ")");
    EXPECT_EQ(Tree(text), "bad-has: `has()` takes one field, as in `has(user.profile.age_years)`") << text;
  }
}

TEST(Parser, SaysWhatItExpected) {
  Check({{"", "syntax: expected a value, found the end"},
         {"// nothing", "syntax: expected a value, found the end"},
         {"a b", "syntax: expected an operator or the end, found `b`"},
         {"a \"b\"", "syntax: expected an operator or the end, found a string"},
         {"(a", "syntax: expected `)`, found the end"},
         {"a)", "syntax: expected an operator or the end, found `)`"},
         {"[a", "syntax: expected `]`, found the end"},
         {"[a b]", "syntax: expected `]`, found `b`"},
         {"[,]", "syntax: expected a value, found `,`"},
         {"a[]", "syntax: expected a value, found `]`"},
         {"a[1", "syntax: expected `]`, found the end"},
         {"a.", "syntax: expected a field name, found the end"},
         {"a.1", "syntax: expected an operator or the end, found `.1`"},
         {"a.\"b\"", "syntax: expected a field name, found a string"},
         {"f(", "syntax: expected a value, found the end"},
         {"f(a,)", "syntax: expected a value, found `)`"},
         {"f(a", "syntax: expected `)`, found the end"},
         {"f(a b)", "syntax: expected `)`, found `b`"},
         {"a &&", "syntax: expected a value, found the end"},
         {"&& a", "syntax: expected a value, found `&&`"},
         {"a && && b", "syntax: expected a value, found `&&`"},
         {"a == == b", "syntax: expected a value, found `==`"},
         {"a +", "syntax: expected a value, found the end"},
         {"+a", "syntax: expected a value, found `+`"},
         {"!", "syntax: expected a value, found the end"},
         {"-", "syntax: expected a value, found the end"},
         {"a{b: 1}", "syntax: expected an operator or the end, found `{`"},
         {"1u", "syntax: expected an operator or the end, found `u`"},
         {"not a", "syntax: `not` is no operator"},
         {"a and b", "syntax: expected an operator or the end, found `and`"},
         {"1 2", "syntax: expected an operator or the end, found `2`"},
         {"1.5.5", "syntax: expected an operator or the end, found `.5`"}});
}

TEST(Parser, RefusesNumbersThatDoNotFit) {
  Check({{"9223372036854775808", "number-range: `9223372036854775808` does not fit an int of 64 bits"},
         {"-9223372036854775809", "number-range: `-9223372036854775809` does not fit an int of 64 bits"},
         {"0x8000000000000000", "number-range: `0x8000000000000000` does not fit an int of 64 bits"},
         {"0x", "number-range: `0x` does not fit an int of 64 bits"},
         {"-0x", "number-range: `-0x` does not fit an int of 64 bits"},
         {"1e309", "number-range: `1e309` does not fit a double"},
         {"-1e309", "number-range: `-1e309` does not fit a double"}});
}

// `and`, `or` and `not` are what an author who knows SQL or Python writes: the message says what to write, in every
// place.
TEST(Parser, HintsAtTheOperatorsMeant) {
  for (const auto& [text, hint] : {std::pair{"not a", "write `!`"},
                                   {"a and b", "write `&&`"},
                                   {"a or b", "write `||`"},
                                   {"a && not b", "write `!`"}}) {
    std::vector<ExprMistake> mistakes;
    EXPECT_TRUE(Parse(text, mistakes) == nullptr);
    ASSERT_EQ(mistakes.size(), 1u) << text;
    EXPECT_EQ(mistakes[0].hint, hint) << text;
  }
}

// CEL reserves `in`: it is an operator and no name of a function, a method or a value.
TEST(Parser, KeepsInAsAnOperator) {
  for (const char* text : {"in", "in(1)", "in()", "in(1, [1])", "[1].in()", "[1].in([1])", "in in [1]", "1 in in"}) {
    std::vector<ExprMistake> mistakes;
    EXPECT_TRUE(Parse(text, mistakes) == nullptr) << text;
  }
}

TEST(Parser, NestsNinetySixDeepAndNoDeeper) {
  static_assert(kMaxExpressionDepth == 96);
  const std::string deep = "too-deep: expression is nested more than 96 deep";
  // The whole is the first level; parentheses, lists, indices, arguments, branches and macros open further ones.
  EXPECT_EQ(Tree(Repeat("(", 95) + "a" + Repeat(")", 95)), "a");
  EXPECT_EQ(Tree(Repeat("(", 96) + "a" + Repeat(")", 96)), deep);
  EXPECT_EQ(Tree(Repeat("[", 95) + Repeat("]", 95)), Repeat("(list ", 94) + "(list" + Repeat(")", 95));
  EXPECT_EQ(Tree(Repeat("[", 96) + "1" + Repeat("]", 96)), deep);
  EXPECT_NE(Tree(Repeat("a[", 95) + "1" + Repeat("]", 95)), deep);
  EXPECT_EQ(Tree(Repeat("a[", 96) + "1" + Repeat("]", 96)), deep);
  EXPECT_NE(Tree(Repeat("f(", 95) + "1" + Repeat(")", 95)), deep);
  EXPECT_EQ(Tree(Repeat("f(", 96) + "1" + Repeat(")", 96)), deep);
  EXPECT_NE(Tree(Repeat("a ? b : ", 95) + "c"), deep);
  EXPECT_EQ(Tree(Repeat("a ? b : ", 96) + "c"), deep);
  EXPECT_NE(Tree(Repeat("l.all(x, ", 95) + "x" + Repeat(")", 95)), deep);
  EXPECT_EQ(Tree(Repeat("l.all(x, ", 96) + "x" + Repeat(")", 96)), deep);
  EXPECT_NE(Tree(Repeat("!", 95) + "a"), "too-deep: too many signs in a row");
  EXPECT_EQ(Tree(Repeat("!", 96) + "a"), "too-deep: too many signs in a row");
  EXPECT_NE(Tree(Repeat("-", 95) + "a"), "too-deep: too many signs in a row");
  EXPECT_EQ(Tree(Repeat("-", 96) + "a"), "too-deep: too many signs in a row");
}

TEST(Parser, DepthIsGivenBackBySiblings) {
  EXPECT_EQ(Tree(Repeat("(a) && ", 200) + "a").substr(0, 3), "(&&");
  EXPECT_EQ(Tree(Repeat("[[[1]]] == ", 200) + "a").substr(0, 3), "(==");
  EXPECT_EQ(Tree(Repeat("!!a || ", 200) + "a").substr(0, 3), "(||");
}

// What a file can hold at most, in one long chain: no stack runs out, and it takes no time.
TEST(Parser, TakesLongChains) {
  EXPECT_EQ(Tree(Repeat("a+", 256) + "a").substr(0, 3), "(+ ");
  EXPECT_EQ(Tree("a" + Repeat(".a", 256)).size(), 513u);
  EXPECT_EQ(Tree("a" + Repeat("[0]", 256)).substr(0, 7), "(index ");
  EXPECT_EQ(Tree("[" + Repeat("1,", 2047) + "]").substr(0, 7), "(list 1");
}

TEST(Parser, SpansCoverWhatTheyStandFor) {
  std::vector<ExprMistake> mistakes;
  const std::string text = " (a + b) * f(c)[0].d ";
  const std::unique_ptr<Node> node = Parse(text, mistakes);
  ASSERT_NE(node, nullptr);
  auto slice = [&](const Node& n) {
    return text.substr(static_cast<size_t>(n.span.begin), static_cast<size_t>(n.span.end - n.span.begin));
  };
  EXPECT_EQ(slice(*node), "(a + b) * f(c)[0].d");
  EXPECT_EQ(slice(*node->args[0]), "a + b");
  EXPECT_EQ(slice(*node->args[1]), "f(c)[0].d");
  EXPECT_EQ(slice(*node->args[1]->args[0]), "f(c)[0]");
  EXPECT_EQ(slice(*node->args[1]->args[0]->args[0]), "f(c)");
}

TEST(Parser, ReportsOnlyTheFirstSyntaxMistakeButEveryLexicalOne) {
  EXPECT_EQ(Tree("a && && b || || c"), "syntax: expected a value, found `&&`");
  EXPECT_EQ(Tree("a $ b # c"), "unknown-character: unexpected `$`; unknown-character: unexpected `#`");
}

}  // namespace
}  // namespace myokine
