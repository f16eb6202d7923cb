// Text -> tokens.
#ifndef MYOKINE_ENGINE_EXPR_LEXER_H_
#define MYOKINE_ENGINE_EXPR_LEXER_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/expr/ast.h"

namespace myokine {

enum class TokenKind { kEnd, kName, kInt, kDouble, kString, kSymbol };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Span span;
  std::string text;     // of a name or symbol: itself; of a number: its digits; of a string: its value
  bool quoted = false;  // a name in backticks, which only names a field
};

// The tokens with blanks between them: `user . age >= 65`; strings in quotes.
std::string ToString(const std::vector<Token>& tokens);

// A mistake in an expression, at its place in the text.
struct ExprMistake {
  Span span;
  std::string code;
  std::string message;
  std::string hint;
  bool evaluation = false;  // CEL leaves it to be found when the expression is evaluated: a bad pattern or time
};

// Splits `text`. Mistakes (a string that does not end, an unknown character) are added and skipped over. The last token
// is kEnd.
std::vector<Token> Lex(std::string_view text, std::vector<ExprMistake>& mistakes);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_LEXER_H_
