// Tokens -> syntax tree: CEL's grammar without messages and namespaces.
#ifndef MYOKINE_ENGINE_EXPR_PARSER_H_
#define MYOKINE_ENGINE_EXPR_PARSER_H_

#include <memory>
#include <string_view>
#include <vector>

#include "engine/expr/ast.h"
#include "engine/expr/lexer.h"

namespace myokine {

// True for the words that CEL keeps for itself: no name of a fact or a function.
bool IsReserved(std::string_view word);

// Parses `text`; null, and at least one mistake added, when it is no expression. Macros `has`, `exists`, `all`,
// `exists_one`, `filter` and `map` become nodes of their own.
std::unique_ptr<Node> Parse(std::string_view text, std::vector<ExprMistake>& mistakes);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_PARSER_H_
