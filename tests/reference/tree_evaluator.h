// The obvious evaluator: walks the checked tree. Slow, and what the flat program is judged by.
#ifndef MYOKINE_TESTS_REFERENCE_TREE_EVALUATOR_H_
#define MYOKINE_TESTS_REFERENCE_TREE_EVALUATOR_H_

#include "engine/expr/checked.h"
#include "engine/expr/value.h"

namespace myokine::reference {

// The value of `expr`. Where an operand decides (`false && x`), the rest does not matter; where nothing decides,
// unknown beats error beats the neutral value, and the facts of all unknowns are merged. A list that is not complete
// makes whatever looks at the whole of it unknown.
Value Evaluate(const Checked& expr, const Activation& activation);

}  // namespace myokine::reference

#endif  // MYOKINE_TESTS_REFERENCE_TREE_EVALUATOR_H_
