// Syntax tree -> checked tree: resolves names, finds types, refuses what makes no sense before anything runs.
#ifndef MYOKINE_ENGINE_EXPR_CHECKER_H_
#define MYOKINE_ENGINE_EXPR_CHECKER_H_

#include <memory>
#include <vector>

#include "engine/expr/ast.h"
#include "engine/expr/checked.h"
#include "engine/expr/lexer.h"
#include "engine/expr/scope.h"

namespace myokine {

// Checks `node` against `scope`. String literals are kept in `arena`, which must outlive the result. All mistakes are
// added; null when there is any.
std::unique_ptr<Checked> Check(const Node& node, const Scope& scope, Arena& arena, std::vector<ExprMistake>& mistakes);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_CHECKER_H_
