// An expression whose names are resolved and whose types are known, ready to be evaluated.
#ifndef MYOKINE_ENGINE_EXPR_CHECKED_H_
#define MYOKINE_ENGINE_EXPR_CHECKED_H_

#include <memory>
#include <string>
#include <vector>

#include "engine/expr/ast.h"
#include "engine/expr/functions.h"
#include "engine/expr/type.h"
#include "engine/expr/value.h"

namespace myokine {

enum class Op {
  kLiteral,   // literal
  kFact,      // frame, index
  kHasFact,   // frame, index: is it known
  kLocal,     // index: variable of an enclosing macro, outermost 0
  kField,     // args[0].field index
  kHasField,  // args[0].field index: is it known
  kAnd,
  kOr,
  kNot,
  kTernary,
  kEqual,
  kNotEqual,
  kIn,     // args[0] in args[1]
  kIndex,  // args[0][args[1]]
  kList,
  kCall,  // function
  kAll,   // args[0]: list, args[1]: body, local index
  kExists,
  kExistsOne,
  kFilter,
  kMap,
};

struct Checked {
  Op op = Op::kLiteral;
  Type type;
  Span span;
  Value literal = false;
  Frame frame = Frame::kUser;
  int index = 0;
  const Overload* overload = nullptr;
  std::vector<std::unique_ptr<Checked>> args;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_CHECKED_H_
