// Tokens, strings and their escapes, numbers, comments, and what is no token at all.
#include "engine/expr/lexer.h"

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace myokine {
namespace {

struct Case {
  std::string text;
  std::string want;
};

// Kinds and texts of the tokens, but for the end: `a` name, `1i` int, `1.5d` double, `"x"` string, `'+'` symbol; or the
// codes of the mistakes.
std::string Tokens(const std::string& text) {
  std::vector<ExprMistake> mistakes;
  const std::vector<Token> tokens = Lex(text, mistakes);
  std::string all;
  for (const ExprMistake& mistake : mistakes) absl::StrAppend(&all, all.empty() ? "" : " ", "!", mistake.code);
  if (!mistakes.empty()) return all;
  EXPECT_EQ(tokens.back().kind, TokenKind::kEnd) << text;
  for (size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (i > 0) all += " ";
    switch (tokens[i].kind) {
      case TokenKind::kName: all += tokens[i].text; break;
      case TokenKind::kInt: all += tokens[i].text + "i"; break;
      case TokenKind::kDouble: all += tokens[i].text + "d"; break;
      case TokenKind::kString: absl::StrAppend(&all, "\"", absl::CHexEscape(tokens[i].text), "\""); break;
      case TokenKind::kSymbol: absl::StrAppend(&all, "'", tokens[i].text, "'"); break;
      case TokenKind::kEnd: all += "end?"; break;
    }
  }
  return all;
}

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(Tokens(c.text), c.want) << "text: " << absl::CEscape(c.text);
}

TEST(Lexer, SplitsNamesNumbersAndSymbols) {
  Check({{"", ""},
         {"   \t\r\n\v\f ", ""},
         {"a", "a"},
         {"_a1_B", "_a1_B"},
         {"true false in", "true false in"},
         {"a.b.c", "a '.' b '.' c"},
         {"a&&b||!c", "a '&&' b '||' '!' c"},
         {"a==b!=c<=d>=e<f>g", "a '==' b '!=' c '<=' d '>=' e '<' f '>' g"},
         {"(a)[b]{c}", "'(' a ')' '[' b ']' '{' c '}'"},
         {"a?b:c,d", "a '?' b ':' c ',' d"},
         {"1+2-3*4/5%6", "1i '+' 2i '-' 3i '*' 4i '/' 5i '%' 6i"},
         {"a=~b", "!unknown-character !unknown-character"},
         {"!!a", "'!' '!' a"},
         {"a!==b", "!unknown-character"},
         {"<==", "!unknown-character"}});
}

TEST(Lexer, ReadsNumbers) {
  Check({{"0", "0i"},
         {"007", "007i"},
         {"12345678901234567890", "12345678901234567890i"},
         {"1.5", "1.5d"},
         {".5", ".5d"},
         {"0.50", "0.50d"},
         {"1e3", "1e3d"},
         {"1E+3", "1E+3d"},
         {"1.5e-10", "1.5e-10d"},
         {"0x1F", "0x1Fi"},
         {"0Xff", "0Xffi"},
         {"1.", "1i '.'"},
         {"1..2", "1i '.' .2d"},
         {"1.2.3", "1.2d .3d"},
         {"1e", "1i e"},
         {"1e+", "1i e '+'"},
         {"1.a", "1i '.' a"},
         {"1u", "1i u"},
         {"1_000", "1i _000"},
         {"a.5", "a .5d"}});
}

TEST(Lexer, ReadsStrings) {
  Check({{R"("")", R"("")"},
         {R"('')", R"("")"},
         {R"("a 'b' c")", R"("a \'b\' c")"},
         {R"('a "b" c')", R"("a \"b\" c")"},
         {R"("""a "b" c""")", R"("a \"b\" c")"},
         {"'''a\nb'''", R"("a\nb")"},
         {"\"\"\"\"\"\"", R"("")"},
         {R"("a" "b")", R"("a" "b")"},
         {R"("a//b")", R"("a//b")"},
         {"\"caf\u00e9\"", R"("caf\xc3\xa9")"},
         {R"(r"a\nb")", R"("a\\nb")"},
         {R"(R'\')", R"("\\")"},
         {R"(r"""a"b\""")", R"("a\"b\\")"},
         {R"(r)", "r"},
         {R"(rr"a")", R"(rr "a")"},
         {R"(b"a")", R"(b "a")"}});
}

TEST(Lexer, ReadsEscapes) {
  Check({{R"("\a\b\f\n\r\t\v")", R"("\x07\x08\x0c\n\r\t\x0b")"},
         {R"("\\ \? \" \' \`")", R"("\\ ? \" \' `")"},
         {R"("\x41\X42")", R"("AB")"},
         {R"("\xe9")", R"("\xc3\xa9")"},
         {R"("\101\000\377")", R"("A\x00\xc3\xbf")"},
         {R"("\u00e9\u3042")", R"("\xc3\xa9\xe3\x81\x82")"},
         {R"("\U0001F600")", R"("\xf0\x9f\x98\x80")"},
         {R"("\U0010FFFF")", R"("\xf4\x8f\xbf\xbf")"},
         {R"("\uD7FF")", R"("\xed\x9f\xbf")"},
         {R"("\x4g")", "!bad-escape"},
         {R"("\x4")", "!bad-escape"},
         {R"("\u12")", "!bad-escape"},
         {R"("\ud800")", "!bad-escape"},
         {R"("\uDFFF")", "!bad-escape"},
         {R"("\U00110000")", "!bad-escape"},
         {R"("\U0001F60")", "!bad-escape"},
         {R"("\400")", "!bad-escape"},
         {R"("\08")", "!bad-escape"},
         {R"("\8")", "!bad-escape"},
         {R"("\q")", "!bad-escape"},
         {R"("\q\q")", "!bad-escape !bad-escape"}});
}

TEST(Lexer, ReportsStringsThatDoNotEnd) {
  Check({{R"(")", "!open-string"},
         {R"("abc)", "!open-string"},
         {"'abc\n'", "!open-string !open-string"},
         {R"("""abc")", "!open-string"},
         {R"("abc\)", "!bad-escape !open-string"},
         {R"("\x)", "!bad-escape !open-string"},
         {R"(r"a\)", "!open-string"},
         {R"(r')", "!open-string"}});
}

TEST(Lexer, SkipsComments) {
  Check({{"// all", ""}, {"a // b\nc", "a c"}, {"a//\n//\nb", "a b"}, {"a / / b", "a '/' '/' b"}, {"a //", "a"}});
}

TEST(Lexer, ReportsCharactersThatMeanNothing) {
  Check({{"a & b", "!unknown-character"},
         {"a | b", "!unknown-character"},
         {"a = b", "!unknown-character"},
         {"a # b", "!unknown-character"},
         {"$x ~ @y", "!unknown-character !unknown-character !unknown-character"},
         {"a \u2264 b", "!unknown-character"},
         {"\u300c\u300d", "!unknown-character !unknown-character"},
         {"\xff\xfe", "!unknown-character !unknown-character"},
         {std::string("a\0b", 3), "!unknown-character"},
         {"`a", "!bad-name"},
         {"``", "!bad-name !bad-name"},
         {"`a$b`", "!bad-name !unknown-character !bad-name"},
         {"a; b \"open", "!unknown-character !open-string"}});
}

TEST(Lexer, KnowsWhereEachTokenStands) {
  std::vector<ExprMistake> mistakes;
  const std::string text = "  ab >= \"x\\n\" // c\n0x1f";
  const std::vector<Token> tokens = Lex(text, mistakes);
  ASSERT_EQ(tokens.size(), 5u);
  std::vector<std::string> slices;
  for (const Token& token : tokens)
    slices.push_back(
        text.substr(static_cast<size_t>(token.span.begin), static_cast<size_t>(token.span.end - token.span.begin)));
  EXPECT_EQ(slices, (std::vector<std::string>{"ab", ">=", "\"x\\n\"", "0x1f", ""}));
  EXPECT_EQ(tokens.back().span.begin, static_cast<int>(text.size()));
}

TEST(Lexer, PointsAtTheCharacterThatMeansNothing) {
  std::vector<ExprMistake> mistakes;
  Lex("a \u2264 b", mistakes);
  ASSERT_EQ(mistakes.size(), 1u);
  EXPECT_EQ(mistakes[0].span.begin, 2);
  EXPECT_EQ(mistakes[0].span.end, 5);  // the whole character
  EXPECT_EQ(mistakes[0].message, "unexpected `\u2264`");
}

}  // namespace
}  // namespace myokine
