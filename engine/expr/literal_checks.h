// What would fail each time it is evaluated, found when the pack is loaded: a literal that is no time, no duration, no
// time zone or no pattern.
#ifndef MYOKINE_ENGINE_EXPR_LITERAL_CHECKS_H_
#define MYOKINE_ENGINE_EXPR_LITERAL_CHECKS_H_

#include <memory>
#include <vector>

#include "engine/expr/ast.h"
#include "engine/expr/checked.h"
#include "engine/expr/lexer.h"

namespace myokine {

// False, and a mistake recorded, when a call of `overload` with these arguments fails because of a literal.
bool CheckLiteralArguments(const Node& call, const std::vector<std::unique_ptr<Checked>>& args,
                           const Overload& overload, std::vector<ExprMistake>& mistakes);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_LITERAL_CHECKS_H_
