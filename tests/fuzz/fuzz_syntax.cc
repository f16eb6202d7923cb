// Any bytes, split into tokens and parsed: whatever they are, each stage says where what it found or missed stands.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/expr/lexer.h"
#include "engine/expr/limits.h"
#include "engine/expr/parser.h"
#include "tests/fuzz/require.h"

namespace myokine::fuzz {
namespace {

void CheckSpan(const Span& span, std::string_view text) {
  Require(0 <= span.begin && span.begin <= span.end && span.end <= static_cast<int>(text.size()),
          "a span lies within the text");
}

void CheckMistakes(const std::vector<ExprMistake>& mistakes, std::string_view text) {
  for (const ExprMistake& mistake : mistakes) {
    CheckSpan(mistake.span, text);
    Require(!mistake.code.empty() && !mistake.message.empty(), "a mistake has a code and a message");
  }
}

// Parts lie within the whole; names of fields apart, which may stand outside of what macros make of them.
void CheckNode(const Node& node, std::string_view text) {
  CheckSpan(node.span, text);
  for (const auto& arg : node.args) {
    Require(arg != nullptr, "a parsed tree has no holes");
    CheckNode(*arg, text);
  }
}

void Check(std::string_view text) {
  std::vector<ExprMistake> mistakes;
  const std::vector<Token> tokens = Lex(text, mistakes);
  Require(!tokens.empty() && tokens.back().kind == TokenKind::kEnd, "the last token is the end");
  int end = 0;
  for (const Token& token : tokens) {
    CheckSpan(token.span, text);
    Require(token.span.begin >= end, "tokens stand in order");
    end = token.span.end;
  }
  CheckMistakes(mistakes, text);
  std::vector<ExprMistake> parse_mistakes;
  const std::unique_ptr<Node> node = Parse(text, parse_mistakes);
  Require((node == nullptr) == !parse_mistakes.empty(), "a text parses, or a mistake says why not");
  CheckMistakes(parse_mistakes, text);
  if (node == nullptr) return;
  CheckNode(*node, text);
  Require(!ToString(*node).empty(), "a tree can be shown");
  // What the lexer shows of its tokens reads as the same tree.
  std::vector<ExprMistake> again;
  const std::string shown = ToString(tokens);
  if (shown.size() > kMaxExpressionBytes) return;
  const std::unique_ptr<Node> same = Parse(shown, again);
  Require(same != nullptr && ToString(*same) == ToString(*node), "shown tokens read as the same tree");
}

}  // namespace
}  // namespace myokine::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  myokine::fuzz::Check(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
