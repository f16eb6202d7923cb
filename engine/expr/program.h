// A checked expression as a flat program for a stack machine: no pointer is followed but to values.
#ifndef MYOKINE_ENGINE_EXPR_PROGRAM_H_
#define MYOKINE_ENGINE_EXPR_PROGRAM_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "engine/expr/checked.h"
#include "engine/expr/pattern.h"
#include "engine/expr/value.h"

namespace myokine {

// What an instruction does to the stack. `a` and `b` are operands of the instruction, named in brackets.
enum class Code : uint8_t {
  kPush,      // push constant [a]
  kFact,      // push slot [a] of the frame
  kHasFact,   // push whether slot [a] of the frame is known
  kLocal,     // push variable [a]
  kField,     // pop a record, push its field [a]
  kHasField,  // pop a record, push whether its field [a] is known
  kNot,       // pop a bool, push its opposite
  kDecide,    // when the top is the bool [flag], go to [a] with it
  kFold,      // pop two bools, push their `||` (flag true) or `&&` (flag false)
  kBranch,    // pop a bool; false: go to [a]; not known: push it again, go to [b]
  kJump,      // go to [a]
  kEqual,     // pop two values, push whether they are equal
  kNotEqual,  // the opposite
  kIn,        // pop a list or map and an item, push whether it is in there
  kIndex,     // pop an index and a list, or a key and a map, push what is there
  kHasKey,    // pop a key and a map, push whether it is in there
  kList,      // pop [a] values, push a list of them
  kMap,       // pop [a] keys and values in turn, push a map of them
  kCall,  // pop [b] values, push what overload [a] makes of them; flag: kWholeLists when it must know lists as a whole
  kMatches,      // pop a string, push whether pattern [a] is found in it
  kCompareFact,  // push how slot [a] of the frame compares to the number constant [b]
  kFactIn,       // push whether the string constant [b] is in the list in slot [a] of the frame
  kLoop,         // pop a list or map; nothing to go over: push the result, go to [a]; else begin to fill variable [b]
  kNext,         // pop the value of the body; more items: go to [a]; else push the result
};

// Flag of kCall.
inline constexpr uint8_t kWholeLists = 1;

// How kCompareFact compares.
enum class Relation : uint8_t { kLess, kLessEqual, kGreater, kGreaterEqual, kEqual, kNotEqual };

// A fact beside a number: `fact relation number`.
struct Comparison {
  const Checked* fact = nullptr;
  const Checked* number = nullptr;  // a literal
  Relation relation = Relation::kLess;
};

// `checked` as one, whichever way round it is written; nothing when it is none.
std::optional<Comparison> ComparisonOf(const Checked& checked);

// Whether it holds between two numbers.
template <typename T>
bool Holds(Relation relation, T a, T b) {
  switch (relation) {
    case Relation::kLess: return a < b;
    case Relation::kLessEqual: return a <= b;
    case Relation::kGreater: return a > b;
    case Relation::kGreaterEqual: return a >= b;
    case Relation::kEqual: return a == b;
    case Relation::kNotEqual: return a != b;
  }
  return false;
}

struct Instruction {
  Code code = Code::kPush;
  uint8_t flag = 0;  // a bool, a Relation, or the macro's Op
  uint8_t frame = 0;
  int32_t a = 0;
  int32_t b = 0;
};

// Immutable; threads may share it.
class Program {
 public:
  // What is constant is worked out; its values are kept in `arena`, which must outlive the program.
  static Program Compile(const Checked& checked, Arena& arena);

  // The value; `locals` are what the variables of enclosing macros stand for, when the program is a part of an
  // expression.
  Value Run(const Activation& activation, absl::Span<const Value> locals = {}) const;

  // One instruction a line: `3 fold &&`.
  std::string ToString() const;
  const std::vector<Instruction>& instructions() const { return instructions_; }

 private:
  friend class ProgramBuilder;
  friend class Machine;

  std::vector<Instruction> instructions_;
  std::vector<Value> constants_;
  std::vector<const Overload*> overloads_;
  std::vector<std::shared_ptr<const Pattern>> patterns_;
  size_t most_values_ = 0;  // deepest stack
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_PROGRAM_H_
