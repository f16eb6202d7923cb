// An expression whose names are resolved and whose types are known.
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
  kIn,      // args[0] in args[1], a list or a map
  kIndex,   // args[0][args[1]], of a list or a map; `m.key` too
  kHasKey,  // has(args[0].key): args[1] is a key of the map
  kList,    // args: items
  kMap,     // args: key, value, key, value ...
  kCall,    // overload
  kAll,     // args[0]: list or map, args[1]: body, local index
  kExists,
  kExistsOne,
  kFilter,
  kTransform,
};

struct Checked {
  Op op = Op::kLiteral;
  Type type;
  Span span;
  Value literal = false;
  Frame frame = Frame::kUser;
  int index = 0;
  const Overload* overload = nullptr;
  std::string variable;  // of a macro: the name of its variable
  std::vector<std::unique_ptr<Checked>> args;
};

// True when the value depends on nothing but the text: no fact, no variable of a macro.
bool IsConstant(const Checked& checked);

// The tree with the types of all its parts: `(and:bool (>=:bool user#3:int 65:int) ...)`.
std::string ToString(const Checked& checked);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_CHECKED_H_
