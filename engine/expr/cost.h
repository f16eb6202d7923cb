// How much work an expression can be, before it is ever run.
#ifndef MYOKINE_ENGINE_EXPR_COST_H_
#define MYOKINE_ENGINE_EXPR_COST_H_

#include <cstdint>

#include "engine/expr/checked.h"

namespace myokine {

// What a list counts for when nothing says how long it may be.
inline constexpr int64_t kAssumedItems = 1000;

// Operations in the worst case: one for every part of the expression, macros times the most items of their list, and
// one for every item that `in`, `==` or a function may look at. Never more than kMaxCost + 1.
int64_t CostOf(const Checked& checked);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_COST_H_
