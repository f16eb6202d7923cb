// The values of the parts of an expression, for the people who write them.
#ifndef MYOKINE_ENGINE_EXPR_EXPLANATION_H_
#define MYOKINE_ENGINE_EXPR_EXPLANATION_H_

#include <string>
#include <vector>

#include "engine/expr/ast.h"
#include "engine/expr/expression.h"
#include "engine/expr/value.h"

namespace myokine {

// One part of an expression.
struct ExplainedPart {
  int depth = 0;         // of nesting; the whole expression has 0
  Span span;             // in the text
  std::string variable;  // of a body of a macro: its variable with its value, `x = 3`; empty elsewhere
  Value value;
};

// Most items of a list for which the body of a macro is explained.
inline constexpr size_t kMostExplainedItems = 8;

// Every part but literals, each before its own parts; bodies of macros once for each of the first items. Values point
// into `activation` and its arena.
std::vector<ExplainedPart> Explain(const Expression& expression, const Activation& activation);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_EXPLANATION_H_
