// How large an expression may be, and how long it may take: packs come from strangers. All of it lies above what the
// language's conformance tests and any rule in practice need.
#ifndef MYOKINE_ENGINE_EXPR_LIMITS_H_
#define MYOKINE_ENGINE_EXPR_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace myokine {

// Most bytes of an expression's text.
inline constexpr size_t kMaxExpressionBytes = 16384;
// Deepest nesting of an expression.
inline constexpr int kMaxExpressionDepth = 96;
// Most operators of one level, or selections, in a row.
inline constexpr int kMaxExpressionLinks = 256;
// Most macros within one another: each multiplies the cost of what is inside it by the length of a list.
inline constexpr size_t kMaxNestedMacros = 4;
// Most operations that an expression may need in the worst case, by what its lists may hold at most; see cost.h.
inline constexpr int64_t kMaxCost = 20'000'000;
// Most items that macros go over while an expression is evaluated; beyond it the value is an error.
inline constexpr int64_t kMaxSteps = 1'000'000;
// Largest text and longest list that `+` makes: what doubles grows fast.
inline constexpr size_t kMaxTextBytes = 1 << 20;
inline constexpr size_t kMaxListItems = 1 << 16;
// Longest pattern of `matches`, and the memory that one may take once compiled.
inline constexpr size_t kMaxPatternBytes = 1024;
inline constexpr int64_t kMaxPatternMemory = 1 << 20;

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_LIMITS_H_
