// Whole and real numbers: arithmetic, order, conversions.
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/expr/overloads.h"

namespace myokine {
namespace {

// ---- int ----
Value AddInt(Args a, Arena& arena) {
  int64_t r;
  return __builtin_add_overflow(Get<int64_t>(a[0]), Get<int64_t>(a[1]), &r) ? Value(arena.Fail("int overflow"))
                                                                            : Value(r);
}
Value SubInt(Args a, Arena& arena) {
  int64_t r;
  return __builtin_sub_overflow(Get<int64_t>(a[0]), Get<int64_t>(a[1]), &r) ? Value(arena.Fail("int overflow"))
                                                                            : Value(r);
}
Value MulInt(Args a, Arena& arena) {
  int64_t r;
  return __builtin_mul_overflow(Get<int64_t>(a[0]), Get<int64_t>(a[1]), &r) ? Value(arena.Fail("int overflow"))
                                                                            : Value(r);
}
Value DivInt(Args a, Arena& arena) {
  const int64_t x = Get<int64_t>(a[0]), y = Get<int64_t>(a[1]);
  if (y == 0) return arena.Fail("division by zero");
  if (x == std::numeric_limits<int64_t>::min() && y == -1) return arena.Fail("int overflow");
  return x / y;
}
Value ModInt(Args a, Arena& arena) {
  const int64_t x = Get<int64_t>(a[0]), y = Get<int64_t>(a[1]);
  if (y == 0) return arena.Fail("modulus by zero");
  if (x == std::numeric_limits<int64_t>::min() && y == -1) return arena.Fail("int overflow");
  return x % y;
}
Value NegInt(Args a, Arena& arena) {
  const int64_t x = Get<int64_t>(a[0]);
  if (x == std::numeric_limits<int64_t>::min()) return arena.Fail("int overflow");
  return -x;
}

// ---- double: IEEE, never an error ----
Value AddDouble(Args a, Arena&) { return Get<double>(a[0]) + Get<double>(a[1]); }
Value SubDouble(Args a, Arena&) { return Get<double>(a[0]) - Get<double>(a[1]); }
Value MulDouble(Args a, Arena&) { return Get<double>(a[0]) * Get<double>(a[1]); }
Value DivDouble(Args a, Arena&) { return Get<double>(a[0]) / Get<double>(a[1]); }
Value NegDouble(Args a, Arena&) { return -Get<double>(a[0]); }

// ---- numbers ----
template <typename T>
Value Clamp(Args a, Arena& arena) {
  if (Get<T>(a[1]) > Get<T>(a[2])) return arena.Fail("clamp with a lower end above the upper one");
  return std::clamp(Get<T>(a[0]), Get<T>(a[1]), Get<T>(a[2]));
}
// ---- conversions ----
Value DoubleOfInt(Args a, Arena&) { return static_cast<double>(Get<int64_t>(a[0])); }
Value DoubleOfString(Args a, Arena& arena) {
  const std::string text(Get<std::string_view>(a[0]));
  double number = 0;
  const bool blank = text.empty() || text.front() == ' ' || text.back() == ' ';
  return blank || !absl::SimpleAtod(text, &number) ? Value(arena.Fail("not a double")) : Value(number);
}
Value IntOfDouble(Args a, Arena& arena) {
  const double x = Get<double>(a[0]);
  if (!(x > -9223372036854775808.0 && x < 9223372036854775808.0)) return arena.Fail("double does not fit an int");
  return static_cast<int64_t>(x);
}
Value IntOfString(Args a, Arena& arena) {
  const std::string text(Get<std::string_view>(a[0]));
  int64_t number = 0;
  const bool blank = text.empty() || text.front() == ' ' || text.back() == ' ';
  return blank || !absl::SimpleAtoi(text, &number) ? Value(arena.Fail("not an int")) : Value(number);
}
Value BoolOfString(Args a, Arena& arena) {
  const auto text = Get<std::string_view>(a[0]);
  for (std::string_view yes : {"1", "t", "T", "true", "TRUE", "True"}) {
    if (text == yes) return true;
  }
  for (std::string_view no : {"0", "f", "F", "false", "FALSE", "False"}) {
    if (text == no) return false;
  }
  return arena.Fail("not a bool");
}

constexpr Overload kOverloads[] = {
    {"+", false, "ii", 'i', AddInt},
    {"+", false, "dd", 'd', AddDouble},
    {"-", false, "ii", 'i', SubInt},
    {"-", false, "dd", 'd', SubDouble},
    {"*", false, "ii", 'i', MulInt},
    {"*", false, "dd", 'd', MulDouble},
    {"/", false, "ii", 'i', DivInt},
    {"/", false, "dd", 'd', DivDouble},
    {"%", false, "ii", 'i', ModInt},
    {"neg", false, "i", 'i', NegInt},
    {"neg", false, "d", 'd', NegDouble},
    {"<", false, "ii", 'b', Order<int64_t, std::less<>>},
    {"<", false, "dd", 'b', Order<double, std::less<>>},
    {"<", false, "bb", 'b', Order<bool, std::less<>>},
    {"<=", false, "ii", 'b', Order<int64_t, std::less_equal<>>},
    {"<=", false, "dd", 'b', Order<double, std::less_equal<>>},
    {"<=", false, "bb", 'b', Order<bool, std::less_equal<>>},
    {">", false, "ii", 'b', Order<int64_t, std::greater<>>},
    {">", false, "dd", 'b', Order<double, std::greater<>>},
    {">", false, "bb", 'b', Order<bool, std::greater<>>},
    {">=", false, "ii", 'b', Order<int64_t, std::greater_equal<>>},
    {">=", false, "dd", 'b', Order<double, std::greater_equal<>>},
    {">=", false, "bb", 'b', Order<bool, std::greater_equal<>>},
    {"min", false, "ii*", 'i', Extreme<int64_t, true>},
    {"min", false, "dd*", 'd', Extreme<double, true>},
    {"max", false, "ii*", 'i', Extreme<int64_t, false>},
    {"max", false, "dd*", 'd', Extreme<double, false>},
    {"clamp", false, "iii", 'i', Clamp<int64_t>},
    {"clamp", false, "ddd", 'd', Clamp<double>},
    {"int", false, "i", 'i', ItSelf},
    {"int", false, "d", 'i', IntOfDouble},
    {"int", false, "s", 'i', IntOfString},
    {"double", false, "d", 'd', ItSelf},
    {"double", false, "i", 'd', DoubleOfInt},
    {"double", false, "s", 'd', DoubleOfString},
    {"bool", false, "b", 'b', ItSelf},
    {"bool", false, "s", 'b', BoolOfString},
};

}  // namespace

absl::Span<const Overload> NumberOverloads() { return kOverloads; }

}  // namespace myokine
