// Evaluates a checked expression, three-valued: what is not known is not false.
#ifndef MYOKINE_ENGINE_EXPR_EVALUATOR_H_
#define MYOKINE_ENGINE_EXPR_EVALUATOR_H_

#include "engine/expr/checked.h"
#include "engine/expr/value.h"

namespace myokine {

// Most items that the macros of one evaluation go over together; beyond it the value is an error.
inline constexpr int64_t kMaxSteps = 1'000'000;

// The value of `expr`. Where an operand decides (`false && x`), the rest does not matter; where nothing decides,
// unknown beats error beats the neutral value, and the facts of all unknowns are merged. A list that is not complete
// makes whatever looks at the whole of it unknown.
Value Evaluate(const Checked& expr, const Activation& activation);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_EVALUATOR_H_
