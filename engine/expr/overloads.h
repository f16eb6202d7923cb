// The tables of overloads, one per kind of value; functions.h puts them together.
#ifndef MYOKINE_ENGINE_EXPR_OVERLOADS_H_
#define MYOKINE_ENGINE_EXPR_OVERLOADS_H_

#include <algorithm>

#include "absl/types/span.h"
#include "engine/expr/functions.h"
#include "engine/expr/value.h"

namespace myokine {

using Args = absl::Span<const Value>;

template <typename T>
T Get(const Value& value) {
  return std::get<T>(value);
}

// An order of `T`, such as std::less<>.
template <typename T, typename Compare>
Value Order(Args args, Arena&) {
  return Compare()(Get<T>(args[0]), Get<T>(args[1]));
}

// The least or the greatest of at least one number; NaN where one of them is.
template <typename T, bool least>
Value Extreme(Args args, Arena&) {
  T best = Get<T>(args[0]);
  for (const Value& arg : args) {
    const T x = Get<T>(arg);
    if (x != x) return x;
    best = least ? std::min(best, x) : std::max(best, x);
  }
  return best;
}

// A conversion that changes nothing.
inline Value ItSelf(Args args, Arena&) { return args[0]; }

absl::Span<const Overload> NumberOverloads();
absl::Span<const Overload> TextOverloads();
absl::Span<const Overload> ListOverloads();
absl::Span<const Overload> TimeOverloads();

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_OVERLOADS_H_
