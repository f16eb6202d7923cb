// The functions and operators of the language, but for those that decide which of their arguments are looked at
// (`&&`, `||`, `?:`, macros), which the machine knows itself.
#ifndef MYOKINE_ENGINE_EXPR_FUNCTIONS_H_
#define MYOKINE_ENGINE_EXPR_FUNCTIONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "engine/expr/type.h"
#include "engine/expr/value.h"

namespace myokine {

// Computes a function of known values; may fail.
using Function = Value (*)(absl::Span<const Value> args, Arena& arena);

// One way to call a function.
struct Overload {
  std::string_view name;
  bool method;  // written `receiver.name(...)`
  // One letter per argument: b bool, i int, d double, s string, D duration, T timestamp, I list(int), F list(double),
  // A any list, M any map, P list(list(double)); a `*` at the end repeats the last one.
  std::string_view params;
  char result;  // the same letters
  Function function;
};

// True when lists of which only a part is known, or that hold unknown items, may be passed: `list + list`.
inline bool TakesPartialLists(const Overload& overload) { return overload.result == 'A'; }

// The overload for these arguments; null when none fits.
const Overload* FindOverload(std::string_view name, bool method, absl::Span<const Type> args);

// All overloads of a function; empty when there is none of that name.
std::vector<const Overload*> OverloadsOf(std::string_view name);

// Names of all functions that are not operators, for suggestions.
std::vector<std::string> FunctionNames();

// The type that a letter stands for.
Type TypeOfLetter(char letter);

// `min(int, ...)`, `int + int`, `timestamp.getHours()`.
std::string ToString(const Overload& overload);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_FUNCTIONS_H_
